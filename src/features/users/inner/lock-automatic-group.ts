import type { Context } from '#features/actor.ts'

/**
 * Lets one transaction after the other change administrators or several users of a customer. Comes before any other lock:
 * else two that take the rows of users and groups in different orders would wait for each other.
 */
export async function lockAutomaticGroup({ tx, actor }: Context): Promise<void> {
  await tx
    .selectFrom('user_group')
    .where('customer_id', '=', actor.customer.id)
    .where('is_automatic', '=', true)
    .select('id')
    .forUpdate()
    .execute()
}
