import { sql } from 'kysely'
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

export interface OfferedGroups {
  /** All of the customer by their numbers; or where those are too many to choose from, the chosen one alone. */
  groups: Pick<Group, 'id' | 'name' | 'isAutomatic'>[]
  areAll: boolean
}

/** How many groups a field offers at most: more are chosen in their own list, which has keywords and pages. */
const mostOffered = 100

/** What a list of users can be narrowed by. */
export async function findOfferedGroups({ tx, actor }: Context, chosen: string | undefined): Promise<OfferedGroups> {
  const customerId = actor.customer.id
  const areAll = sql<boolean>`not exists (
    select from user_group where customer_id = ${customerId} offset ${sql.lit(mostOffered)})`
  const groups = await tx
    .selectFrom('user_group')
    .where('customer_id', '=', customerId)
    .where((is) => is.or([areAll, is(is.cast<string>('id', 'text'), '=', chosen ?? '')]))
    .select(['id', 'name', 'is_automatic as isAutomatic', areAll.as('areAll')])
    .orderBy('number')
    .execute()
  return { groups, areAll: groups[0]?.areAll ?? false }
}
