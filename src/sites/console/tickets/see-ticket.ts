import { seeCustomer, type SeenCustomer } from '#features/staff/see-customer.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { findTicketForStaff, type StaffTicket } from '#features/tickets/find-for-staff.ts'
import { notFound } from '#platform/web/page.ts'

export interface SeenTicket {
  customer: SeenCustomer
  ticket: StaffTicket
}

/** The ticket of a page, whose customer the transaction works for from now on; it is noted who looks. */
export async function seeTicket(ctx: StaffContext, id: string, path: string): Promise<SeenTicket | typeof notFound> {
  const ticket = await findTicketForStaff(ctx, id)
  const customer = ticket && (await seeCustomer(ctx, ticket.customerId, path))
  return ticket && customer ? { ticket, customer } : notFound
}
