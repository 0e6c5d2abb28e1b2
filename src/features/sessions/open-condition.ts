import { type RawBuilder, sql } from 'kysely'
import { isInPeriod } from '#features/periods-of-use/period.ts'

/** Whether the session `s` of the user `u` and the customer `c` is open, as the door judges it at each request. One of staff who look is none of theirs. */
export function isOpenAt(now: Date): RawBuilder<boolean> {
  // One condition to the planner: of so many it expects that no row meets them all, and would read and sort all for a page.
  return sql<boolean>`s.ended_at is null and case when s.seen_by is null and u.state = 'active' and ${isInPeriod(now)}
    and s.credential_epoch = u.credential_epoch and s.policy_epoch = c.policy_epoch and s.ends_at > ${now}
    and s.last_used_at > ${now}::timestamptz - make_interval(mins => idle_minutes_of(u.idle_minutes, c.idle_minutes))
    then true else false end`
}

/**
 * The sessions `s` of a customer, with their users `u` and the customer `c`. Users are looked up one by one: who needs the first few
 * sessions in the order of an index reads no others.
 */
export function sessionsOf(customerId: string): RawBuilder<unknown> {
  return sql`session s join customer c on c.id = s.customer_id cross join lateral (
    select * from portal_user u where u.customer_id = s.customer_id and u.id = s.user_id offset 0) u where s.customer_id = ${customerId}`
}
