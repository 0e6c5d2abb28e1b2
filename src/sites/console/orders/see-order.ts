import { findOrderForStaff, type StaffOrder } from '#features/orders/find-for-staff.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { seeCustomer, type SeenCustomer } from '#features/staff/see-customer.ts'
import { notFound } from '#platform/web/page.ts'

export interface SeenOrder {
  customer: SeenCustomer
  order: StaffOrder
}

/** The order of a page, whose customer the transaction works for from now on; it is noted who looks. */
export async function seeOrder(ctx: StaffContext, id: string, path: string): Promise<SeenOrder | typeof notFound> {
  const order = await findOrderForStaff(ctx, id)
  const customer = order && (await seeCustomer(ctx, order.customerId, path))
  return order && customer ? { order, customer } : notFound
}
