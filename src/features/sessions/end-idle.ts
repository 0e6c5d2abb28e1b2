import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'

/**
 * Ends the sessions whose time is over and writes it into the access history, at the moment it happened.
 * They were void before: each request judges the time itself. For the operator's role; answers how many.
 */
export async function endIdleSessions(tx: Transaction, now: Date): Promise<number> {
  const { rows } = await sql`
    with over as (
      select s.id, least(s.ends_at, s.last_used_at + make_interval(mins => idle_minutes_of(u.idle_minutes, c.idle_minutes))) as ended_at, u.name
      from session s join portal_user u on u.id = s.user_id join customer c on c.id = s.customer_id
      where s.ended_at is null
    ), ended as (
      update session s set ended_at = over.ended_at, end_reason = 'timed-out' from over
      where s.id = over.id and over.ended_at <= ${now} and s.ended_at is null
      returning s.customer_id, s.user_id, over.name, s.ended_at, s.ip, s.browser, s.second_factor
    )
    insert into access_history (customer_id, at, user_id, user_name, event, second_factor, ip, browser)
    select customer_id, ended_at, user_id, name, 'timed-out', second_factor, ip, browser from ended
    returning 1`.execute(tx)
  return rows.length
}
