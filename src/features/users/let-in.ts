import type { Context } from '#features/actor.ts'
import { unlockByAdministrator } from '#features/sign-in/unlock.ts'
import type { Outcome } from '#platform/outcome.ts'
import { noteChange } from './inner/note-change.ts'
import type { User } from './user.ts'

/** Lets a locked user log in again at once. */
export async function unlock(ctx: Context, user: User): Promise<Outcome<void, 'unlocked-too-often'>> {
  const unlocked = await unlockByAdministrator(ctx, { customerId: ctx.actor.customer.id, userId: user.id })
  if (unlocked.ok) await noteChange(ctx, user, { action: 'user-unlocked' })
  return unlocked
}
