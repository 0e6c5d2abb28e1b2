import type { Context } from '#features/actor.ts'
import { guardKeyOf } from './find-login.ts'
import { failTry, giveBackTry, type GuardKey, takeTry } from './inner/guard.ts'
import type { LoginOwner } from './known-user.ts'

/** A try at one's own password within a session: counted like one at the login, so a stolen session cannot guess it. */
export interface OwnTry {
  guard: GuardKey
  lockedUntil?: Date
}

export async function takeOwnTry(ctx: Context, browserToken: string): Promise<OwnTry> {
  const guard = await guardKeyOf(ctx, { loginId: ctx.actor.mail, browserToken })
  const lockedUntil = await takeTry(ctx, guard, userOf(ctx))
  return { guard, ...(lockedUntil && { lockedUntil }) }
}

/** Ends a try that was taken. */
export async function endOwnTry(ctx: Context, { guard }: OwnTry, outcome: 'right' | 'wrong'): Promise<void> {
  await (outcome === 'right' ? giveBackTry(ctx, guard) : failTry(ctx, guard, userOf(ctx)))
}

function userOf({ actor }: Context): LoginOwner {
  return { ...actor, customerId: actor.customer.id, state: 'active' }
}
