import { findRequestForStaff, type StaffRequest } from '#features/order-requests/find-for-staff.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { seeCustomer, type SeenCustomer } from '#features/staff/see-customer.ts'
import { notFound } from '#platform/web/page.ts'

export interface SeenRequest {
  customer: SeenCustomer
  request: StaffRequest
}

/** The request of a page, whose customer the transaction works for from now on; it is noted who looks. */
export async function seeRequest(ctx: StaffContext, id: string, path: string): Promise<SeenRequest | typeof notFound> {
  const request = await findRequestForStaff(ctx, id)
  const customer = request && (await seeCustomer(ctx, request.customerId, path))
  return request && customer ? { request, customer } : notFound
}
