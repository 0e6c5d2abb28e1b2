import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#features/actor.ts'
import { after } from '#platform/time/duration.ts'
import { lockedFor } from './inner/guard.ts'

/**
 * Selects `user_id` of the customer's locked users. Failures are kept under a keyed hash, which no statement can
 * compare; but each lock, and each end of one before its time, is noted in the access history.
 */
export function lockedUsers({ customer }: Actor, now: Date): RawBuilder<unknown> {
  const ofCustomer = sql`customer_id = ${customer.id} and at > ${after(now, -lockedFor)}`
  return sql`select user_id from access_history where ${ofCustomer} and event in ('locked', 'unlocked') and user_id is not null
    group by user_id having max(at) filter (where event = 'locked') > coalesce(max(at) filter (where event = 'unlocked'), '-infinity')`
}
