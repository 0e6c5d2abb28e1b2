import { sql } from 'kysely'
import type { JudgedFile } from '#features/attachments/attachment.ts'
import { type Keeping, keepFiles } from '#features/attachments/keep.ts'
import { done, type Outcome } from '#platform/outcome.ts'
import { usualAnswerHours } from '../course.ts'
import type { TicketState } from '../ticket.ts'

export interface NewMessage {
  by: 'customer' | 'operator' | 'system'
  /** Null: a file or the clock. */
  authorId: string | null
  authorName: string
  text: string
  /** To which it brings the ticket. */
  state: TicketState
  files?: readonly JudgedFile[]
}

export interface LockedTicket {
  id: string
  state: TicketState
  version: number
  closedAt: Date | null
}

/** Nobody else writes into it until the end of the transaction; undefined: the customer has no such ticket. */
export async function lockTicket(
  { tx, customer }: Pick<Keeping, 'tx' | 'customer'>,
  id: string,
): Promise<LockedTicket | undefined> {
  const { rows } = await sql<LockedTicket>`
    select id, state, version, closed_at as "closedAt" from ticket
    where customer_id = ${customer.id} and id = ${id} for update`.execute(tx)
  return rows[0]
}

/** Writes into a ticket that is locked, and brings it to where that leads. */
export async function writeMessage(
  by: Keeping,
  { id, state: former }: Pick<LockedTicket, 'id' | 'state'>,
  { files = [], state, ...message }: NewMessage,
): Promise<Outcome<void, 'thing-full' | 'customer-full'>> {
  const { tx, now, customer } = by
  const { number } = await tx
    .insertInto('ticket_message')
    .columns(['customer_id', 'ticket_id', 'number', 'at', 'by', 'author_id', 'author_name', 'text', 'state_after'])
    .expression(
      tx
        .selectFrom('ticket_message')
        .where('customer_id', '=', customer.id)
        .where('ticket_id', '=', id)
        .select([
          sql<string>`${customer.id}::uuid`.as('customer_id'),
          sql<string>`${id}::uuid`.as('ticket_id'),
          sql<number>`coalesce(max(number), 0) + 1`.as('number'),
          sql<Date>`${now}::timestamptz`.as('at'),
          sql<string>`${message.by}`.as('by'),
          sql<string | null>`${message.authorId}::uuid`.as('author_id'),
          sql<string>`${message.authorName}`.as('author_name'),
          sql<string>`${message.text}`.as('text'),
          sql<string | null>`${state === former ? null : state}`.as('state_after'),
        ]),
    )
    .returning('number')
    .executeTakeFirstOrThrow()
  await bringTo(by, id, { state, isDue: message.by === 'customer' && (state === 'open' || state === 'received') })
  const kept = await keepFiles(by, { about: 'ticket', id, message: number }, files)
  return kept.ok ? done() : kept
}

/** An answer is due within the hours that its service promises, from the customer's last word on. */
async function bringTo(
  { tx, now, customer }: Keeping,
  id: string,
  { state, isDue }: { state: TicketState; isDue: boolean },
): Promise<void> {
  await sql`
    update ticket r set state = ${state}, version = version + 1, updated_at = greatest(updated_at, ${now}),
      answer_due_at = case when ${isDue} then ${now}::timestamptz + interval '1 hour' * coalesce(
        (select s.answer_hours from service s where s.id = r.service_id), ${sql.lit(usualAnswerHours)}) end,
      solved_at = case when ${state === 'solved'} then ${now}::timestamptz end,
      closed_at = case when ${state === 'closed'} then ${now}::timestamptz end,
      closing_told_at = null
    where r.customer_id = ${customer.id} and r.id = ${id}`.execute(tx)
}
