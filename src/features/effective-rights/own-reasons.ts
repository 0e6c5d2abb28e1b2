import { sql } from 'kysely'
import { touches } from '#features/rights/rule-layers.ts'
import type { Context } from '#features/actor.ts'
import { type Json, jsonRow, only } from '#platform/database/json-row.ts'
import { type Reason, reasonColumns, reasonsOf } from './reason.ts'

/** By which groups and rules the actor may see a contract: the first few, the highest level first. */
export async function findOwnReasons({ tx, actor }: Context, contractId: string): Promise<Reason[]> {
  const told = jsonRow<{ reasons: Reason[] }>({
    reasons: reasonsOf(sql`
      select ${reasonColumns}, greatest(x.since, m.since) as since from contract k
      join user_group_right x on x.customer_id = k.customer_id and ${touches('x', { id: 'k.id', service: 'k.service_id' })}
      join user_group g on g.customer_id = x.customer_id and g.id = x.user_group_id
      join user_group_member m on m.customer_id = x.customer_id and m.user_group_id = x.user_group_id
      where k.customer_id = ${actor.customer.id} and k.id = ${contractId} and m.user_id = ${actor.userId}`),
  })
  const { rows } = await sql<Json<{ reasons: Reason[] }>>`select ${told.columns}`.execute(tx)
  return told.read(only(rows)).reasons
}
