import { sql } from 'kysely'
import type { Actor } from '#features/actor.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { Thing } from '#features/subjects/thing.ts'

/** So many things are remembered. */
export const mostLooks = 10

/** Notes that a user has looked at a thing just now, and forgets what was looked at before the last few. */
export async function noteLook(
  tx: Transaction,
  { customer, userId }: Actor,
  { thing: { kind, id }, now }: { thing: Thing; now: Date },
): Promise<void> {
  const others = sql`customer_id = ${customer.id} and user_id = ${userId} and (kind, thing_id) <> (${kind}::thing_kind, ${id}::uuid)`
  await sql`
    with forgotten as (
      delete from look where ${others} and (kind, thing_id) not in (
        select kind, thing_id from look where ${others} order by looked_at desc limit ${sql.lit(mostLooks - 1)}))
    insert into look as earlier (customer_id, user_id, kind, thing_id, looked_at)
    values (${customer.id}, ${userId}, ${kind}, ${id}, ${now})
    on conflict (customer_id, user_id, kind, thing_id) do update set looked_at = excluded.looked_at
      where earlier.looked_at < excluded.looked_at`.execute(tx)
}
