import type { Context } from '#features/sessions/actor.ts'
import { done, type Outcome } from '#platform/outcome.ts'
import { setMembership } from './set-membership.ts'

/** Puts a user into these groups and into no other. */
export async function setGroupsOf(
  ctx: Context,
  userId: string,
  { groupIds, mayLoseAdministrators = false }: { groupIds: readonly string[]; mayLoseAdministrators?: boolean },
): Promise<Outcome<void, 'last-administrator'>> {
  const groups = await ctx.tx
    .selectFrom('user_group as g')
    .leftJoin('user_group_member as m', (on) =>
      on
        .onRef('m.customer_id', '=', 'g.customer_id')
        .onRef('m.user_group_id', '=', 'g.id')
        .on('m.user_id', '=', userId),
    )
    .where('g.customer_id', '=', ctx.actor.customer.id)
    .select(['g.id', 'g.name', 'g.is_automatic as isAutomatic', 'm.user_id as member'])
    // One order for everybody, so that two who do this wait for each other instead of deadlocking.
    .orderBy('g.id')
    .execute()
  for (const { member, ...group } of groups) {
    const isMember = groupIds.includes(group.id)
    if (isMember === (member !== null)) continue
    const set = await setMembership(ctx, { group, userIds: [userId], isMember, mayLoseAdministrators })
    if (!set.ok) return set
  }
  return done()
}
