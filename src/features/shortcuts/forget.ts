import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import type { Thing } from '#features/subjects/thing.ts'

/** Forgets that users of the customer have pinned things or looked at them; answers how many did. With the operator's role. */
export async function forgetThings(
  { tx, customer }: CustomerContext,
  things: readonly Thing[],
): Promise<{ pins: number; looks: number }> {
  const { rows } = await sql<{ pins: number; looks: number }>`
    with gone as (select kind, id from jsonb_to_recordset(${JSON.stringify(things)}::jsonb) as given (kind thing_kind, id uuid)),
    unpinned as (
      delete from pin where customer_id = ${customer.id} and (kind, thing_id) in (select kind, id from gone) returning 1),
    unseen as (
      delete from look where customer_id = ${customer.id} and (kind, thing_id) in (select kind, id from gone) returning 1)
    select (select count(*) from unpinned) as pins, (select count(*) from unseen) as looks`.execute(tx)
  return rows[0] ?? { pins: 0, looks: 0 }
}
