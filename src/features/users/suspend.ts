import { sql } from 'kysely'
import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import type { Context } from '#features/actor.ts'
import { endSessionsOf } from '#features/sessions/end.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { type AdministratorProblem, keepAdministrators } from './inner/keep-administrators.ts'
import { noteChange } from './inner/note-change.ts'
import type { User } from './user.ts'

/** How somebody is kept out. */
export interface KeepingOut {
  /** Confirmed that the automatic group may be left without an administrator. */
  mayEmptyGroup: boolean
  /** Of a task that tells administrators of all at once. */
  isOneOfMany?: boolean | undefined
}

/** Shuts a user out until resumed: open sessions and mailed URLs are void at once. */
export async function suspendUser(
  ctx: Confirmed<Context>,
  user: User,
  { mayEmptyGroup, isOneOfMany }: KeepingOut,
): Promise<Outcome<void, AdministratorProblem | 'changed-meanwhile'>> {
  const { tx, actor } = ctx
  const kept = await keepAdministrators(ctx, { userId: user.id, mayEmptyGroup })
  if (!kept.ok) return kept
  const suspended = await tx
    .updateTable('portal_user')
    .set({ state: 'suspended', credential_epoch: sql`credential_epoch + 1`, version: sql`version + 1` })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', user.id)
    .where('state', 'in', ['active', 'awaiting-registration'])
    .returning('id')
    .executeTakeFirst()
  if (!suspended) return refuse('changed-meanwhile')
  await endSessionsOf(ctx, user.id)
  const before = { state: user.isRegistered ? 'active' : 'awaiting-registration' }
  const after = { state: 'suspended' }
  await noteChange(ctx, user, { action: 'user-suspended', told: ['suspended'], isOneOfMany, before, after })
  return done()
}

/** Lets a suspended user in again. A user who had not registered is sent a new URL, because the old one is void. */
export async function resumeUser(ctx: Confirmed<Context>, user: User): Promise<Outcome<void, 'changed-meanwhile'>> {
  const { tx, actor } = ctx
  const state = user.isRegistered ? 'active' : 'awaiting-registration'
  const resumed = await tx
    .updateTable('portal_user')
    .set({ state, version: sql`version + 1` })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', user.id)
    .where('state', '=', 'suspended')
    .returning('id')
    .executeTakeFirst()
  if (!resumed) return refuse('changed-meanwhile')
  const values = { before: { state: 'suspended' }, after: { state } }
  await noteChange(ctx, user, { action: 'user-resumed', told: ['resumed'], ...values })
  if (!user.isRegistered) await sendOpeningNotice(ctx, { customerId: actor.customer.id, userId: user.id })
  return done()
}
