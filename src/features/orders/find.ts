import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { Attachment } from '#features/attachments/attachment.ts'
import type { ToldText } from '#features/incidents/entry.ts'
import { toldText } from '#features/incidents/told-text.ts'
import { type Fact, type Json, jsonRow, rowsOf, value, when } from '#platform/database/json-row.ts'
import { filesOfOrder } from './files.ts'
import { type Order, orderRow, orderSteps, type OrderStepState, seenOrders } from './order.ts'

/** What is known of one step of an order. */
export interface OrderStep {
  state: OrderStepState
  /** For which it is planned; once it is passed, on which it was. */
  day: string | null
  note: ToldText | null
}

/** What the page of an order tells beside the list. */
export interface OrderDetails {
  version: number
  /** In their order; of those that are missing nothing is known. */
  steps: OrderStep[]
  /** 開通案内 */
  opening: ToldText | null
  /** Of the opening. */
  files: Attachment[]
}

/** An order that the user may see. */
export async function findOrder({ tx, actor }: Context, id: string): Promise<(Order & OrderDetails) | undefined> {
  const { rows } = await sql<Json<Order> & Json<OrderDetails>>`
    with ${seenOrders(actor)} select ${orderRow.columns}, ${orderDetails.columns}
    from seen r join contract_order d on d.customer_id = ${actor.customer.id} and d.id = r.id
    where r.id = ${id}`.execute(tx)
  return rows[0] && { ...orderRow.read(rows[0]), ...orderDetails.read(rows[0]) }
}

const placeOfStep: RawBuilder<unknown> = sql`array_position(${sql.lit(`{${orderSteps.join()}}`)}::text[], p.state)`

/** Of a row `d` of `contract_order`. */
export const orderDetailFacts: { [Name in keyof OrderDetails]: Fact<OrderDetails[Name]> } = {
  version: value('d.version'),
  steps: rowsOf(
    jsonRow<OrderStep>({
      state: value('p.state'),
      day: value('p.day'),
      note: when(sql`p.note_ja is not null`, toldText('p.note')),
    }),
    {
      from: sql`contract_order_step p where p.customer_id = d.customer_id and p.order_id = d.id`,
      orderBy: placeOfStep,
    },
  ),
  opening: when(sql`d.opening_ja is not null`, toldText('d.opening')),
  files: filesOfOrder,
}

const orderDetails = jsonRow<OrderDetails>(orderDetailFacts)
