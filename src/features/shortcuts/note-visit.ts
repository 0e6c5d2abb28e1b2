import { sql } from 'kysely'
import type { Actor } from '#features/actor.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { Thing } from '#features/subjects/thing.ts'

/** So many things are remembered. */
export const mostVisits = 10

/** Notes that a user has looked at a thing just now, and forgets what was looked at before the last few. */
export async function noteVisit(
  tx: Transaction,
  { customer, userId }: Actor,
  { thing: { kind, id }, now }: { thing: Thing; now: Date },
): Promise<void> {
  const others = sql`customer_id = ${customer.id} and user_id = ${userId} and (kind, thing_id) <> (${kind}::thing_kind, ${id}::uuid)`
  await sql`
    with forgotten as (
      delete from visit where ${others} and (kind, thing_id) not in (
        select kind, thing_id from visit where ${others} order by visited_at desc limit ${sql.lit(mostVisits - 1)}))
    insert into visit as earlier (customer_id, user_id, kind, thing_id, visited_at)
    values (${customer.id}, ${userId}, ${kind}, ${id}, ${now})
    on conflict (customer_id, user_id, kind, thing_id) do update set visited_at = excluded.visited_at
      where earlier.visited_at < excluded.visited_at`.execute(tx)
}
