import type { Context } from '#features/actor.ts'
import type { JudgedFile } from '#features/attachments/attachment.ts'
import { type Outcome, refuse } from '#platform/outcome.ts'
import { type FoundTicket, isOpenForReply } from './find.ts'
import { lockTicket, writeMessage } from './inner/write.ts'

export const ticketDeeds = ['reply', 'solved', 'unsolved'] as const
export type TicketDeed = (typeof ticketDeeds)[number]

export interface Reply {
  deed: TicketDeed
  /** May be empty where it is only said that it is solved. */
  text: string
  files: readonly JudgedFile[]
  /** Of the ticket, as its writer has read it. */
  version: number
}

/** What somebody of the customer's writes into a ticket that was just found: it goes on, or is closed. */
export async function replyToTicket(
  ctx: Context,
  ticket: FoundTicket,
  { deed, text, files, version }: Reply,
): Promise<Outcome<void, 'may-not-act' | 'changed-meanwhile' | 'closed' | 'thing-full' | 'customer-full'>> {
  if (!ticket.mayAct) return refuse('may-not-act')
  const by = { tx: ctx.tx, now: ctx.now, customer: ctx.actor.customer }
  const locked = await lockTicket(by, ticket.id)
  if (locked?.version !== version) return refuse('changed-meanwhile')
  if (!isOpenForReply(locked, ctx.now)) return refuse('closed')
  return writeMessage(by, locked, {
    by: 'customer',
    authorId: ctx.actor.userId,
    authorName: ctx.actor.name,
    text,
    files,
    state: deed === 'solved' ? 'closed' : 'open',
  })
}
