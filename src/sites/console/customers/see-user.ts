import { findUser, type User } from '#features/users/user.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { readingFor, seeCustomer, type SeenCustomer } from '#features/staff/see-customer.ts'
import { isId } from '#platform/form.ts'
import { notFound } from '#platform/web/page.ts'

export interface SeenUser {
  customer: SeenCustomer
  user: User
}

/** The user of a page, of the customer in its address; the look is noted. */
export async function seeUser(
  ctx: StaffContext,
  { customer: customerId, id }: { customer: string; id: string },
  path: string,
): Promise<SeenUser | typeof notFound> {
  const customer = isId(customerId) ? await seeCustomer(ctx, customerId, path) : undefined
  const user = customer && (await findUser(readingFor(ctx, customer), id))
  return customer && user ? { customer, user } : notFound
}
