import type { Context } from '#features/actor.ts'

/** Lets one transaction after the other give names to the customer's groups, so that each sees what the one before gave. */
export async function lockNames({ tx, actor }: Context): Promise<void> {
  await tx.selectFrom('customer').where('id', '=', actor.customer.id).select('id').forNoKeyUpdate().execute()
}
