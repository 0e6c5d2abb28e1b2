import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { endSessionsOf } from '#features/sessions/end.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { type AdministratorProblem, keepAdministrators } from './inner/keep-administrators.ts'
import { noteChange } from './inner/note-change.ts'
import { startAnew } from './inner/start-anew.ts'
import type { SecondFactor, User } from './user.ts'

/**
 * Voids all by which a user proves to be somebody. A URL goes out by which the user shows the identity, and sets a password
 * and the second factor anew; until then the user awaits registration.
 */
export async function resetFactor(
  ctx: Confirmed<Context>,
  user: User,
  { mayEmptyGroup = false }: { mayEmptyGroup?: boolean } = {},
): Promise<Outcome<void, AdministratorProblem | 'not-registered'>> {
  if (!user.isRegistered) return refuse('not-registered')
  const kept = await keepAdministrators(ctx, { userId: user.id, mayEmptyGroup })
  if (!kept.ok) return kept
  await startAnewByAdministrator(ctx, user, user.secondFactor)
  await noteChange(ctx, user, { action: 'second-factor-reset', told: ['factor-reset'] })
  return done()
}

/** Gives a user the other second factor. TOTP has to be set up by the user, as at the first login; codes by mail need nothing. */
export async function giveFactor(ctx: Confirmed<Context>, user: User, factor: SecondFactor): Promise<void> {
  if (user.isRegistered && factor === 'totp') return startAnewByAdministrator(ctx, user, factor)
  await ctx.tx
    .updateTable('portal_user')
    .set({
      second_factor: factor,
      // A URL that awaits its user stays good: it leads to the factor that is set now.
      ...(user.isRegistered && { credential_epoch: sql`credential_epoch + 1` }),
    })
    .where('customer_id', '=', ctx.actor.customer.id)
    .where('id', '=', user.id)
    .execute()
  if (!user.isRegistered) return
  await ctx.tx
    .updateTable('user_credential')
    .set({ totp_secret: null })
    .where('customer_id', '=', ctx.actor.customer.id)
    .where('user_id', '=', user.id)
    .execute()
  await endSessionsOf(ctx, user.id)
}

async function startAnewByAdministrator(
  ctx: Confirmed<Context>,
  { id }: User,
  factor: SecondFactor | null,
): Promise<void> {
  await startAnew(ctx, { id, factor, resetBy: 'administrator' })
  await endSessionsOf(ctx, id)
}
