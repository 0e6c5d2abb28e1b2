import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { type Attachment, attachmentRow } from '#features/attachments/attachment.ts'
import { rowOrNull } from '#platform/database/json-row.ts'
import { isId } from '#platform/form.ts'
import { seenTickets } from './ticket.ts'

/** A file of a ticket that the user may see: found through the ticket, for its own id opens nothing. */
export async function findTicketFile(
  { tx, actor }: Context,
  { id, file }: { id: string; file: string },
): Promise<Attachment | undefined> {
  if (!isId(file)) return undefined
  const found = rowOrNull(
    attachmentRow,
    sql`seen r join attachment a on a.customer_id = ${actor.customer.id} and a.about = 'ticket' and a.about_id = r.id
      where r.id = ${id} and a.id = ${file} and a.state in ('clean', 'unchecked')`,
  )
  const { rows } = await sql<{ file: Parameters<typeof found.read>[0] }>`
    with ${seenTickets(actor)} select ${found.json} as file`.execute(tx)
  const [row] = rows
  return (row && found.read(row.file)) ?? undefined
}
