import { enterFence, leaveFence } from '#features/sessions/fence.ts'
import type { AccessReason } from '#features/access-history/events.ts'
import { recordAccess } from '#features/access-history/record.ts'
import { isRefused } from '#features/address-limits/refuse.ts'
import { isInPeriodOf } from '#features/periods-of-use/period.ts'
import { useTrust } from '#features/trusted-browsers/trust.ts'
import type { Visitor } from '#platform/context.ts'
import { inOrder } from '#platform/database/database.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { awaitSecondStep } from './await-second-step.ts'
import { completeSignIn, type FinishedSignIn, type LoginBrowser } from './complete.ts'
import type { Login } from './find-login.ts'
import { failTry, forgetFailures, giveBackTry } from './inner/guard.ts'
import type { KnownUser } from './known-user.ts'

/** The second step is awaited, of the login with this token for its cookie; or it is skipped, and the login complete. */
export type BegunSignIn = { state: 'awaited'; token: string } | { state: 'complete'; finished: FinishedSignIn }

/** No second factor was shown in a session whose login skipped it: what is critical asks for it. */
const neverConfirmed = new Date(0)

/** Ends the first step. `fits`: whether the password was right. Nothing of the password lives on. */
export async function beginSignIn(
  visitor: Visitor,
  login: Login,
  { fits, browser }: { fits: boolean; browser: LoginBrowser },
): Promise<Outcome<BegunSignIn, 'locked' | 'wrong-password' | 'address-refused'>> {
  const { guard, user, lockedUntil } = login
  const [, judged] = await inOrder(
    visitor.tx,
    () => (user ? enterFence(visitor.tx, user.customerId) : leaveFence(visitor.tx)),
    () => judge(visitor, fits && !lockedUntil ? user : undefined),
  )
  if (lockedUntil) return fail(visitor, login, 'locked')
  if (!user || !judged) {
    const locked = await failTry(visitor, guard, user)
    if (locked) return fail(visitor, { ...login, lockedUntil: locked }, 'locked')
    // The answer is the same; the administrators of the customer are to know.
    return fail(visitor, { ...login, reason: user && fits ? 'not-active' : 'wrong-password' }, 'wrong-password')
  }
  const [isTrusted] = await Promise.all([
    judged.isRefused ? false : useTrust(visitor, user, browser.trusted),
    giveBackTry(visitor, guard),
  ])
  // Said to nobody but whoever knows the password.
  if (judged.isRefused) return fail(visitor, login, 'address-refused')
  if (isTrusted) return skipSecondStep(visitor, login, { user, browser })
  return done({ state: 'awaited', token: await awaitSecondStep(visitor, user) })
}

/** In a browser that is trusted the password completes the login. */
async function skipSecondStep(
  visitor: Visitor,
  { guard }: Login,
  { user, browser }: { user: KnownUser; browser: LoginBrowser },
): Promise<Outcome<BegunSignIn, never>> {
  await forgetFailures(visitor, guard)
  // An active user has one.
  const secondFactor = user.secondFactor ?? 'mail-otp'
  const line = { event: 'second-step-skipped', secondFactor } as const
  const login = { user, secondFactor, browser, line, confirmedAt: neverConfirmed }
  return done({ state: 'complete', finished: await completeSignIn(visitor, login) })
}

/** Of somebody whose password was right, in one flight with the way behind the fence; undefined: it is right no longer. */
async function judge(visitor: Visitor, user: KnownUser | undefined): Promise<{ isRefused: boolean } | undefined> {
  if (!user) return undefined
  const [isSo, refused] = await Promise.all([isStillSo(visitor, user), isRefused(visitor, user)])
  return isSo ? { isRefused: refused } : undefined
}

/** The password was compared outside this transaction: what it was compared with must not have changed since. */
async function isStillSo({ tx, now }: Visitor, { customerId, userId, credentialEpoch }: KnownUser): Promise<boolean> {
  const found = await tx
    .selectFrom('portal_user as u')
    .where('u.customer_id', '=', customerId)
    .where('u.id', '=', userId)
    .where('u.credential_epoch', '=', credentialEpoch)
    .where('u.state', '=', 'active')
    .where(isInPeriodOf(customerId, now))
    .select('u.id')
    .executeTakeFirst()
  return found !== undefined
}

async function fail<Code extends 'locked' | 'wrong-password' | 'address-refused'>(
  visitor: Visitor,
  { user, lockedUntil, reason }: Login & { reason?: AccessReason },
  code: Code,
): Promise<Outcome<BegunSignIn, Code>> {
  const who = user && { customerId: user.customerId, userId: user.userId, userName: user.name }
  await recordAccess(visitor, { ...who, event: 'failed', reason: reason ?? code })
  return refuse(code, { keep: true, ...(lockedUntil && { until: lockedUntil }) })
}
