import type { Context } from '#features/actor.ts'
import { endSessionsOf } from '#features/sessions/end.ts'
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

/** Ends the logins of a user, who may log in again; answers how many. */
export async function signOutUser(ctx: Context, user: User): Promise<number> {
  const ended = await endSessionsOf(ctx, user.id)
  await noteChange(ctx, user, { action: 'user-signed-out', after: { sessions: ended } })
  return ended
}
