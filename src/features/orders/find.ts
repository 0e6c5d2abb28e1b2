import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { Json } from '#platform/database/json-row.ts'
import { type Order, orderRow, seenOrders } from './order.ts'

/** An order that the user may see. */
export async function findOrder({ tx, actor }: Context, id: string): Promise<Order | undefined> {
  const { rows } = await sql<Json<Order>>`
    with ${seenOrders(actor)} select ${orderRow.columns} from seen r where r.id = ${id}`.execute(tx)
  return rows[0] && orderRow.read(rows[0])
}
