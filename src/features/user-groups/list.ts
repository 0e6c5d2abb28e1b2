import type { Context } from '#features/actor.ts'
import type { Group } from './group.ts'

/** All groups of the customer by their numbers, the automatic one first: to choose from. */
export async function listGroups({
  tx,
  actor,
}: Context): Promise<Pick<Group, 'id' | 'number' | 'name' | 'isAutomatic'>[]> {
  return tx
    .selectFrom('user_group')
    .where('customer_id', '=', actor.customer.id)
    .select(['id', 'number', 'name', 'is_automatic as isAutomatic'])
    .orderBy('number')
    .execute()
}
