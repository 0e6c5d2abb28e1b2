import { type RawBuilder, sql } from 'kysely'
import { isInPeriod } from '#features/periods-of-use/period.ts'
import type { Transaction } from '#platform/database/database.ts'

/** Whose sessions; absent users: all of the customer. */
interface Owners {
  customerId: string
  userIds?: readonly string[]
}

/**
 * Ends the sessions whose time is over, or whose user's period of use is, and writes it into the access history, at the moment it
 * happened. They were void before: each request judges it. Of all customers, with the operator's role; or of some users, before
 * something changes by which they would be open again. Answers how many.
 */
export async function endSessionsOver(tx: Transaction, now: Date, of?: Owners): Promise<number> {
  const { rows } = await sql`
    with open as (
      select s.id, u.name,
        least(s.ends_at, s.last_used_at + make_interval(mins => idle_minutes_of(u.idle_minutes, c.idle_minutes))) as timed_out_at,
        case when not ${isInPeriod(now)} then greatest(s.last_used_at, least(${now}, period_over_at(u.ends_on, c.time_zone))) end as out_at
      from session s join portal_user u on u.id = s.user_id join customer c on c.id = s.customer_id
      where s.ended_at is null and s.seen_by is null and ${isOf(of)}
    ), over as (
      select id, name, least(timed_out_at, out_at) as ended_at, coalesce(out_at < timed_out_at, false) as is_out from open
    ), ended as (
      update session s set ended_at = over.ended_at, end_reason = case when is_out then 'period-over' else 'timed-out' end from over
      where s.id = over.id and over.ended_at <= ${now} and s.ended_at is null
      returning s.customer_id, s.user_id, over.name, s.ended_at, over.is_out, s.ip, s.browser, s.second_factor
    )
    insert into access_history (customer_id, at, user_id, user_name, event, reason, second_factor, ip, browser)
    select customer_id, ended_at, user_id, name, case when is_out then 'sign-out' else 'timed-out' end,
      case when is_out then 'period-over' end, second_factor, ip, browser from ended
    returning 1`.execute(tx)
  return rows.length
}

function isOf(of: Owners | undefined): RawBuilder<boolean> {
  if (!of) return sql<boolean>`true`
  const { customerId, userIds } = of
  return userIds
    ? sql<boolean>`s.customer_id = ${customerId} and s.user_id = any(${userIds}::uuid[])`
    : sql<boolean>`s.customer_id = ${customerId}`
}
