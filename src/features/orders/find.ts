import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { type Order, type OrderJson, orderJson, readOrder, seenOrders } from './order.ts'

/** An order that the user may see. */
export async function findOrder({ tx, actor }: Context, id: string): Promise<Order | undefined> {
  const { rows } = await sql<{ order: OrderJson }>`
    with ${seenOrders(actor)} select ${orderJson} as order from seen r where r.id = ${id}`.execute(tx)
  return rows[0] && readOrder(rows[0].order)
}
