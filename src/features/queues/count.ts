import { sql } from 'kysely'
import { isLateAt } from '#features/outages/outage.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { secondYesLasts } from '#features/staff/second-yes.ts'
import { after, days, minutes } from '#platform/time/duration.ts'

/** What waits for the staff, over all customers. */
export interface Queues {
  /** Outages of which customers wait for the word that they were promised. */
  lateOutages: number
  /** Inquiries and faults whose answer was promised for before now. */
  overdueTickets: number
  /** Those that are not closed and that nobody has taken. */
  unassignedTickets: number
  /** Those that the reader has taken. */
  ownTickets: number
  /** Requests that wait to be accepted or returned. */
  requests: number
  /** Orders neither completed nor cancelled. */
  orders: number
  /** What awaits a second yes. */
  secondYes: number
  /** Of the last 24 hours: not taken by a mail server, or given up. */
  mails: number
  /** Files of the last seven days of which nothing was kept. */
  imports: number
  /** Addresses that a user of another customer has, and that nobody has looked after yet. */
  addressClashes: number
  /** Nobody has done with it yet. */
  feedback: number
  /** Rows of histories that have waited to be sealed for longer than the worker takes. */
  unsealed: number
}

/** The worker seals once a minute. */
const sealedWithin = 10 * minutes

export async function countQueues({ tx, now, actor }: StaffContext): Promise<Queues> {
  const [day, week] = [after(now, -1 * days), after(now, -7 * days)]
  const { rows } = await sql<Queues>`
    select t.*,
      (select count(*) from outage r where ${isLateAt(now)}) as "lateOutages",
      (select count(*) from order_request where state = 'sent') as requests,
      (select count(*) from contract_order where state not in ('completed', 'cancelled')) as orders,
      (select count(*) from staff_request where decision is null and asked_at > ${after(now, -secondYesLasts)}) as "secondYes",
      (select count(*) from mail where state in ('refused', 'expired') and created_at > ${day} and customer_id <> house()) as mails,
      (select count(*) from import_run where state = 'failed' and at > ${week}) as imports,
      (select count(*) from address_clash where done_at is null and customer_id <> house()) as "addressClashes",
      (select count(*) from feedback where done_at is null and customer_id <> house()) as feedback,
      (select count(*) from change_history where sequence is null and at < ${after(now, -sealedWithin)}) as unsealed
    from (
      select count(*) filter (where answer_due_at < ${now}) as "overdueTickets", count(*) filter (where assigned_to is null) as "unassignedTickets",
        count(*) filter (where assigned_to = ${actor.userId}) as "ownTickets"
      from ticket where state <> 'closed') t`.execute(tx)
  const [queues] = rows
  if (!queues) throw new Error('Counts were asked for')
  return queues
}
