import { type RawBuilder, sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import { enterFence } from '#features/sessions/fence.ts'
import { type SeenCustomer, seeCustomer, workingFor } from '#features/staff/see-customer.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { at, type Json, jsonRow, only, phrase, value } from '#platform/database/json-row.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { after, days } from '#platform/time/duration.ts'
import type { Phrase } from '#platform/words.ts'
import { type AnsweredState, answerTicket } from './answer.ts'
import type { StaffTicket } from './find-for-staff.ts'
import { lockTicket } from './inner/write.ts'

/** A fault or works of the customer that a ticket may be about. */
export interface JoinableIncident {
  id: string
  code: string
  title: Phrase
  startsAt: Date
}

const mostJoinable = 50

/** What goes on, is to come, or was over in the last 30 days, the newest first. */
export async function listJoinable(
  { tx, now }: StaffContext,
  { id }: Pick<SeenCustomer, 'id'>,
): Promise<JoinableIncident[]> {
  const { rows } = await sql<Json<JoinableIncident>>`
    select ${joinable.columns} from incident i
    where i.customer_id = ${id} and i.withdrawn_at is null and (i.ends_at is null or i.ends_at > ${after(now, -30 * days)})
    order by i.starts_at desc, i.id limit ${sql.lit(mostJoinable)}`.execute(tx)
  return rows.map((row) => joinable.read(row))
}

const joinable = jsonRow<JoinableIncident>({
  id: value('i.id'),
  code: value('i.code'),
  title: phrase('i.title'),
  startsAt: at('i.starts_at'),
})

/** Says of a ticket which fault or works it is about; null: none. It stands in the customer's history. */
export async function joinTicket(
  ctx: StaffContext,
  { ticket, customer }: { ticket: Pick<StaffTicket, 'id' | 'code' | 'incident'>; customer: SeenCustomer },
  { incident, version }: { incident: Pick<JoinableIncident, 'id' | 'code'> | null; version: number },
): Promise<Outcome<void, 'not-there' | 'changed-meanwhile'>> {
  const { id, code } = ticket
  const locked = await lockTicket({ tx: ctx.tx, customer }, id)
  if (!locked) return refuse('not-there')
  if (locked.version !== version) return refuse('changed-meanwhile')
  await recordChange(await workingFor(ctx, customer), {
    action: 'ticket-joined',
    subject: { kind: 'ticket', id, name: code },
    before: { incident: ticket.incident?.code ?? null },
    after: { incident: incident?.code ?? null },
  })
  await ctx.tx
    .updateTable('ticket')
    .set({ incident_id: incident?.id ?? null, version: version + 1, updated_at: sql`greatest(updated_at, ${ctx.now})` })
    .where('customer_id', '=', customer.id)
    .where('id', '=', id)
    .execute()
  return done()
}

/** So many are answered at once; whoever has more sends the answer again. */
export const mostAnswered = 100

/**
 * Answers the tickets of an outage that are not closed, each for its customer, and tells those who take part. It is noted that the member
 * looked at each of the customers. Answers how many there were.
 */
export async function answerJoined(
  ctx: StaffContext,
  { outageId, path }: { outageId: string; path: string },
  { text, state }: { text: string; state: AnsweredState },
): Promise<number> {
  const { tx } = ctx
  const { rows } = await sql<{ id: string; customerId: string }>`
    select r.id, r.customer_id as "customerId" from incident i
    join ticket r on r.customer_id = i.customer_id and r.incident_id = i.id and r.state <> 'closed'
    where i.outage_id = ${outageId} and not ${isAnsweredSo(text)}
    order by r.customer_id, r.id limit ${sql.lit(mostAnswered)}`.execute(tx)
  let answered = 0
  for (const { id, customerId } of rows) if (await answerOne(ctx, { id, customerId, path }, { text, state })) answered++
  await enterFence(tx, '')
  return answered
}

/** Whether the ticket `r` was given this answer already. */
function isAnsweredSo(text: string): RawBuilder<boolean> {
  return sql`exists (select from ticket_message m
    where m.customer_id = r.customer_id and m.ticket_id = r.id and m.by = 'operator' and m.text = ${text})`
}

async function answerOne(
  ctx: StaffContext,
  { id, customerId, path }: { id: string; customerId: string; path: string },
  { text, state }: { text: string; state: AnsweredState },
): Promise<boolean> {
  const customer = await seeCustomer(ctx, customerId, path)
  if (!customer) return false
  const { actor } = await workingFor(ctx, customer)
  const staff = { ...ctx, customer, by: { id: actor.userId, name: actor.name } }
  const locked = await lockTicket(staff, id)
  // Closed meanwhile, it stays so; and another who answers all of them may have been quicker.
  if (!locked || locked.state === 'closed') return false
  const { rows } = await sql<{ isAnswered: boolean }>`
    select ${isAnsweredSo(text)} as "isAnswered" from ticket r where r.customer_id = ${customerId} and r.id = ${id}`.execute(
    ctx.tx,
  )
  if (only(rows).isAnswered) return false
  const answer = { text, files: [], state, version: locked.version }
  return (await answerTicket(staff, id, answer)).ok
}
