import type { Context } from '#features/actor.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { lockAutomaticGroup } from './lock-automatic-group.ts'

export type AdministratorProblem = 'last-administrator' | 'last-in-automatic-group' | 'no-longer-administrator'

/**
 * Refuses what would leave the customer without an active administrator, if this user were none any longer. The
 * administrators' rows stay locked until the commit: of two who would take away each other's role, the second one waits
 * here and then finds the own one gone.
 */
export async function keepAdministrators(
  ctx: Context,
  { userId, mayEmptyGroup }: { userId: string; mayEmptyGroup: boolean },
): Promise<Outcome<void, AdministratorProblem>> {
  const { tx, actor } = ctx
  await lockAutomaticGroup(ctx)
  const rows = await tx
    .selectFrom('portal_user')
    .where('customer_id', '=', actor.customer.id)
    .where('role', '=', 'portal-administrator')
    .where('state', '=', 'active')
    .select('id')
    .orderBy('id')
    // Whoever mails them refers to their rows, and need not wait.
    .forNoKeyUpdate()
    .execute()
  const ids = rows.map(({ id }) => id)
  if (!ids.includes(actor.userId)) return refuse('no-longer-administrator')
  if (!ids.includes(userId)) return done()
  if (ids.length === 1) return refuse('last-administrator')
  if (!mayEmptyGroup && (await isOnlyOneInAutomaticGroup(ctx, userId, ids))) return refuse('last-in-automatic-group')
  return done()
}

async function isOnlyOneInAutomaticGroup(
  { tx, actor }: Context,
  userId: string,
  administrators: readonly string[],
): Promise<boolean> {
  const members = await tx
    .selectFrom('user_group_member as m')
    .innerJoin('user_group as g', (on) =>
      on.onRef('g.customer_id', '=', 'm.customer_id').onRef('g.id', '=', 'm.user_group_id'),
    )
    .where('m.customer_id', '=', actor.customer.id)
    .where('g.is_automatic', '=', true)
    .where('m.user_id', 'in', administrators)
    .select('m.user_id')
    .execute()
  return members.length === 1 && members[0]?.user_id === userId
}
