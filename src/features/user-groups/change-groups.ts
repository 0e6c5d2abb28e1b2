import type { Context } from '#features/actor.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome } from '#platform/outcome.ts'
import { setMembership } from './set-membership.ts'

/** Groups by their ids; those of another customer are none. */
export interface GroupChanges {
  joined: readonly string[]
  left: readonly string[]
  /** Confirmed: the automatic group may be left without any administrator. */
  mayLoseAdministrators?: boolean
}

/** Puts a user into some groups and takes the user out of others; all further ones stay as they are. */
export async function changeGroupsOf(
  ctx: Confirmed<Context>,
  userId: string,
  { joined, left, mayLoseAdministrators = false }: GroupChanges,
): Promise<Outcome<void, 'last-administrator'>> {
  if (joined.length + left.length === 0) return done()
  const groups = await ctx.tx
    .selectFrom('user_group')
    .where('customer_id', '=', ctx.actor.customer.id)
    .where('id', 'in', [...joined, ...left])
    .select(['id', 'name', 'is_automatic as isAutomatic'])
    // Always in one order, so that two who do this wait for each other instead of deadlocking.
    .orderBy('is_automatic', 'desc')
    .orderBy('id')
    .execute()
  for (const group of groups) {
    const isMember = joined.includes(group.id)
    const set = await setMembership(ctx, { group, userIds: [userId], isMember, mayLoseAdministrators })
    if (!set.ok) return set
  }
  return done()
}
