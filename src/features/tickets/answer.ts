import { sql } from 'kysely'
import type { JudgedFile } from '#features/attachments/attachment.ts'
import type { CustomerContext, Mailing } from '#features/operator-context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { lockTicket, writeMessage } from './inner/write.ts'
import { tellOfTicket } from './tell.ts'
import type { TicketNews } from './ticket.email.ts'
import type { TicketState } from './ticket.ts'

/** A member of staff at work on the tickets of a customer. */
export interface StaffContext extends Pick<CustomerContext, 'tx' | 'now'>, Mailing {
  customer: { id: string }
  /** As the customer reads it; null: nobody in person. */
  by: { id: string | null; name: string }
}

/** To which an answer may bring a ticket. */
export const answeredStates = ['open', 'waiting-for-customer', 'solved', 'closed'] as const
export type AnsweredState = (typeof answeredStates)[number]

const newsOf: Record<AnsweredState, TicketNews> = {
  open: 'answered',
  'waiting-for-customer': 'waiting',
  solved: 'solved',
  closed: 'answered',
}

export interface TicketAnswer {
  /** May be empty where it is only closed. */
  text: string
  files: readonly JudgedFile[]
  state: AnsweredState
  /** Of the ticket, as its writer has read it. */
  version: number
}

/** Answers the customer, and tells those who take part. */
export async function answerTicket(
  ctx: StaffContext,
  id: string,
  { text, files, state, version }: TicketAnswer,
): Promise<Outcome<void, 'not-there' | 'changed-meanwhile' | 'thing-full' | 'customer-full'>> {
  const locked = await lockTicket(ctx, id)
  if (!locked) return refuse('not-there')
  if (locked.version !== version) return refuse('changed-meanwhile')
  const message = { by: 'operator' as const, authorId: ctx.by.id, authorName: ctx.by.name, text, files, state }
  const written = await writeMessage(ctx, locked, message)
  if (!written.ok) return written
  await tellOfTicket(ctx, id, newsOf[state])
  return done()
}

/** Takes a ticket, hands it on, or lays it back; what is new is under way with that. */
export async function assignTicket(
  ctx: StaffContext,
  id: string,
  { to, version }: { to: string | null; version: number },
): Promise<Outcome<void, 'not-there' | 'changed-meanwhile'>> {
  const locked = await lockTicket(ctx, id)
  if (!locked) return refuse('not-there')
  if (locked.version !== version) return refuse('changed-meanwhile')
  const state: TicketState = locked.state === 'received' && to !== null ? 'open' : locked.state
  await ctx.tx
    .updateTable('ticket')
    .set({ assigned_to: to, state, version: version + 1, updated_at: sql`greatest(updated_at, ${ctx.now})` })
    .where('customer_id', '=', ctx.customer.id)
    .where('id', '=', id)
    .execute()
  return done()
}

/** Notes something for staff alone. The ticket stays as it is, so nobody who writes to the customer is disturbed. */
export async function noteTicket(ctx: StaffContext, id: string, text: string): Promise<Outcome<void, 'not-there'>> {
  const { tx, now, customer, by } = ctx
  if (!(await lockTicket(ctx, id))) return refuse('not-there')
  await sql`
    insert into ticket_note (customer_id, ticket_id, number, at, staff_id, staff_name, text)
    select ${customer.id}, ${id}, coalesce(max(number), 0) + 1, ${now}, ${by.id}::uuid, ${by.name}, ${text}
    from ticket_note where customer_id = ${customer.id} and ticket_id = ${id}`.execute(tx)
  return done()
}
