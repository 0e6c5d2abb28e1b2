import { type RawBuilder, sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'

/** On which days somebody may use the portal, both included: days of the customer's zone, such as `2027-04-01`; empty: without a limit. */
export interface Period {
  beginsOn: string
  endsOn: string
}

/** Whether it would end before it begins. */
export function isReversed({ beginsOn, endsOn }: Period): boolean {
  return beginsOn !== '' && endsOn !== '' && endsOn < beginsOn
}

/** Where a period stands today. */
export const periodStages = ['ahead', 'running', 'over'] as const
export type PeriodStage = (typeof periodStages)[number]

/** Whether the user `u` of the customer `c` may use the portal at the moment. */
export function isInPeriod(now: Date): RawBuilder<boolean> {
  return sql<boolean>`is_in_period(u.begins_on, u.ends_on, c.time_zone, ${now})`
}

/** The same of the user `u` of this customer. */
export function isInPeriodOf(customerId: string, now: Date): RawBuilder<boolean> {
  return sql<boolean>`(${stageOf(customerId, now)} = 'running')`
}

/** Where the period of the user `u` of this customer stands. The day is looked up once for a statement, not for each row. */
export function stageOf(customerId: string, now: Date): RawBuilder<PeriodStage> {
  const today = todayOf(customerId, now)
  return sql<PeriodStage>`case when u.begins_on > ${today} then 'ahead' when u.ends_on < ${today} then 'over' else 'running' end`
}

/** The day that it is for a customer. */
export function todayOf(customerId: string, now: Date): RawBuilder<unknown> {
  return sql`(select (${now}::timestamptz at time zone time_zone)::date from customer where id = ${customerId})`
}

/** The columns of a period. */
export function periodColumns({ beginsOn, endsOn }: Period): { begins_on: string | null; ends_on: string | null } {
  return { begins_on: beginsOn || null, ends_on: endsOn || null }
}

/** Of a user: whether the portal may be used now. Behind the fence of the customer, or with the operator's role. */
export async function mayUse(
  { tx, now }: { tx: Transaction; now: Date },
  { customerId, userId }: { customerId: string; userId: string },
): Promise<boolean> {
  const { rows } = await sql`
    select from portal_user u join customer c on c.id = u.customer_id
    where u.customer_id = ${customerId} and u.id = ${userId} and ${isInPeriod(now)}`.execute(tx)
  return rows.length > 0
}
