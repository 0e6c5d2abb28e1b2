import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { Attachment } from '#features/attachments/attachment.ts'
import { findFile } from '#features/attachments/find.ts'
import { seenTickets } from './ticket.ts'

/** A file of a ticket that the user may see. */
export function findTicketFile(
  { tx, actor }: Context,
  asked: { id: string; file: string },
): Promise<Attachment | undefined> {
  return findFile(tx, { about: 'ticket', seen: seenTickets(actor), customer: sql`${actor.customer.id}` }, asked)
}
