import { enterFence, leaveFence } from '#features/sessions/fence.ts'
import { recordAccess } from '#features/access-history/record.ts'
import type { Visitor } from '#platform/context.ts'
import { after, minutes } from '#platform/time/duration.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { hashOf, newToken } from '#platform/security/secrets.ts'
import type { Login } from './find-login.ts'
import { failTry, giveBackTry } from './inner/guard.ts'
import type { KnownUser } from './known-user.ts'
import { sendMailCode } from './send-code.ts'

/** How long the second step may take. */
const awaited = 30 * minutes

/**
 * Ends the first step. `fits`: whether the password was right. Answers the token of the login under way, for its cookie.
 * Nothing of the password lives on.
 */
export async function beginSignIn(
  visitor: Visitor,
  login: Login,
  fits: boolean,
): Promise<Outcome<string, 'locked' | 'wrong-password'>> {
  const { guard, user, lockedUntil } = login
  await (user ? enterFence(visitor.tx, user.customerId) : leaveFence(visitor.tx))
  if (lockedUntil) return fail(visitor, login, 'locked')
  if (!user || !fits || !(await isStillSo(visitor, user))) {
    const locked = await failTry(visitor, guard, user)
    return fail(visitor, locked ? { ...login, lockedUntil: locked } : login, locked ? 'locked' : 'wrong-password')
  }
  await giveBackTry(visitor, guard)
  const token = newToken()
  const { id } = await visitor.tx
    .insertInto('sign_in')
    .values({
      customer_id: user.customerId,
      user_id: user.userId,
      token_hash: hashOf(token),
      // An active user has one.
      second_factor: user.secondFactor ?? 'mail-otp',
      credential_epoch: user.credentialEpoch,
      expires_at: after(visitor.now, awaited),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (user.secondFactor === 'mail-otp') await sendMailCode(visitor, { signInId: id, user })
  return done(token)
}

/** The password was compared outside this transaction: what it was compared with must not have changed since. */
async function isStillSo({ tx }: Visitor, { customerId, userId, credentialEpoch }: KnownUser): Promise<boolean> {
  const found = await tx
    .selectFrom('portal_user')
    .where('customer_id', '=', customerId)
    .where('id', '=', userId)
    .where('credential_epoch', '=', credentialEpoch)
    .where('state', '=', 'active')
    .select('id')
    .executeTakeFirst()
  return found !== undefined
}

async function fail<Code extends 'locked' | 'wrong-password'>(
  visitor: Visitor,
  { user, lockedUntil }: Login,
  code: Code,
): Promise<Outcome<string, Code>> {
  const who = user && { customerId: user.customerId, userId: user.userId, userName: user.name }
  await recordAccess(visitor, { ...who, event: 'failed', reason: code })
  return refuse(code, { keep: true, ...(lockedUntil && { until: lockedUntil }) })
}
