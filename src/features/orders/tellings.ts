import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'

/** That there is something to tell of an order by mail: another state, another day, an opening. */
export interface OrderTelling {
  order: string
  /** Of the order, as it was when there was something to tell: of what is older by then nobody is told any more. */
  news: number
}

/** What of an order people are told of: nobody need be told of one that was over from the beginning. */
export interface OrderNews extends OrderTelling {
  isOver: boolean
}

/** Of orders of a customer, by their ids. */
export async function findOrderNews(
  { tx, customer }: { tx: Transaction; customer: { id: string } },
  which: { codes: readonly string[] } | { id: string },
): Promise<ReadonlyMap<string, OrderNews>> {
  const isNamed = 'id' in which ? sql`id = ${which.id}` : sql`code = any(${[...which.codes]}::text[])`
  const { rows } = await sql<OrderNews>`
    select id as "order", news, state in ('completed', 'cancelled') as "isOver" from contract_order
    where customer_id = ${customer.id} and ${isNamed}`.execute(tx)
  return new Map(rows.map((row) => [row.order, row]))
}

/** Has the worker tell, after the commit, what has become of orders; where nobody of the customer's wishes it, there is nothing to do. */
export async function enqueueOrderTellings(
  tx: Transaction,
  former: ReadonlyMap<string, OrderNews>,
  latter: ReadonlyMap<string, OrderNews>,
): Promise<void> {
  const tellings = [...latter.values()].filter(({ order, news, isOver }) => {
    const before = former.get(order)
    return before ? before.news !== news : !isOver
  })
  if (tellings.length === 0) return
  await sql`
    select enqueue_tell_order(o.id, t.news)
    from jsonb_to_recordset(${JSON.stringify(tellings)}::jsonb) as t ("order" uuid, news integer) join contract_order o on o.id = t.order
    where exists (select from mail_wish w where w.customer_id = o.customer_id and w.topic = 'order')`.execute(tx)
}
