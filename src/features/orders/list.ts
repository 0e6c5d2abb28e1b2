import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { subjectHolds } from '#features/subjects/subject.ts'
import type { Context } from '#features/actor.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { instantOf, numberPart, textPart } from '#platform/list/row-keys.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import { type Order, orderJson, type OrderState, orderStates, readOrder, seenOrders } from './order.ts'

export const orderColumns = ['ordered', 'delivery', 'state'] as const
export type OrderColumn = (typeof orderColumns)[number]

export interface OrdersAsked {
  filter: { terms: readonly string[]; state?: OrderState | undefined; serviceId?: string | undefined }
  sorting: { by: OrderColumn; descending: boolean }
  place: Place
}

/** Counted by state, whatever state the filter names. */
export type OrderList = ListedRows<Order, OrderState>

/** The orders that the user may see. */
export async function listOrders({ tx, actor }: Context, { filter, sorting, place }: OrdersAsked): Promise<OrderList> {
  const { terms, state, serviceId } = filter
  const listed = await readShortList(tx, {
    seen: seenOrders(actor),
    row: orderJson,
    within: serviceId ? sql`r.service_id = ${serviceId}` : sql`true`,
    matching: subjectHolds(terms),
    kind: sql<OrderState>`r.state::text`,
    kinds: state ? [state] : orderStates,
    order: { columns: [sortedBy[sorting.by], sql`r.code`], descending: sorting.descending },
    place,
  })
  return { ...listed, rows: listed.rows.map(({ row, key }) => ({ row: readOrder(row), key })) }
}

const sortedBy: Record<OrderColumn, RawBuilder<unknown>> = {
  ordered: instantOf('r.ordered_on'),
  delivery: instantOf('r.delivery_on'),
  state: sql`r.state`,
}

/** Checks the key of a row. */
export function orderKeyBy(column: OrderColumn): z.ZodType<RowKey> {
  return z.tuple([column === 'state' ? z.enum(orderStates) : numberPart, textPart])
}
