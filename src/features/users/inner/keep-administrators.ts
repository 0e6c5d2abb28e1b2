import type { Context } from '#features/actor.ts'
import { findLosses } from '#features/administrators/losses.ts'
import type { Period } from '#features/periods-of-use/period.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { lockAutomaticGroup } from './lock-automatic-group.ts'

export type AdministratorProblem = 'last-administrator' | 'last-in-automatic-group' | 'no-longer-administrator'

interface Coming {
  userId: string
  mayEmptyGroup: boolean
  /** The user is an administrator in it alone; absent: no longer. */
  period?: Period
}

/**
 * Refuses what would leave the customer without an active administrator, now or on any day to come. The administrators' rows stay
 * locked until the commit: of two who would take away each other's role, the second one waits here and then finds the own one gone.
 */
export async function keepAdministrators(
  ctx: Context,
  { userId, mayEmptyGroup, period }: Coming,
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
  const losses = await findLosses(ctx, { userIds: [userId], administer: period ?? 'never' })
  if (losses.administrators) return refuse('last-administrator')
  return losses.inAutomaticGroup && !mayEmptyGroup ? refuse('last-in-automatic-group') : done()
}
