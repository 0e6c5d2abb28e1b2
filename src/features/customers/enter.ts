import type { CustomerContext, OperatorContext } from '#features/operator-context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'

/** Goes on for the customer with the code: what is put from now on is that customer's. */
export async function enterCustomer(
  ctx: OperatorContext,
  code: string,
): Promise<Outcome<CustomerContext, 'unknown-customer'>> {
  const found = await ctx.tx
    .selectFrom('customer')
    .select(['id', 'code'])
    .where('code', '=', code)
    .where('is_house', '=', false)
    .executeTakeFirst()
  return found ? done({ ...ctx, customer: found }) : refuse('unknown-customer')
}
