import { awaitSecondStep } from '#features/sign-in/await-second-step.ts'
import { completeSignIn, type FinishedSignIn, type LoginBrowser } from '#features/sign-in/complete.ts'
import type { KnownUser } from '#features/sign-in/known-user.ts'
import { isInPeriodOf } from '#features/periods-of-use/period.ts'
import type { Visitor } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { after, minutes } from '#platform/time/duration.ts'
import type { FirstLogin } from './find.ts'

/** Where a registration leads: into the portal, to the code that was mailed, or to a login as ever. */
export type Entered =
  | { state: 'complete'; finished: FinishedSignIn }
  | { state: 'awaited'; token: string }
  | { state: 'log-in' }

/** What was shown and set at the end of a registration stands for a login this long: no longer than the shortest session rests. */
const isFresh = 15 * minutes

/**
 * The codes are kept, and nobody sees them again. Whoever has just set the password and proved an authenticator app in this
 * browser has done both steps of a login; whoever gets codes by mail has done the first one.
 */
export async function enterPortal(
  visitor: Visitor,
  firstLogin: FirstLogin,
  browser: Pick<LoginBrowser, 'known' | 'session'>,
): Promise<Outcome<Entered, 'void'>> {
  const finishedAt = await takeCodes(visitor, firstLogin)
  if (!finishedAt) return refuse('void')
  const user = await findRegistered(visitor, firstLogin)
  if (!user || finishedAt <= after(visitor.now, -isFresh)) return done({ state: 'log-in' })
  const { secondFactor } = user
  if (secondFactor === 'mail-otp') return done({ state: 'awaited', token: await awaitSecondStep(visitor, user) })
  const line = { event: 'sign-in', secondFactor } as const
  const finished = await completeSignIn(visitor, { user, secondFactor, browser, line, confirmedAt: finishedAt })
  return done({ state: 'complete', finished })
}

/** Only one of parallel requests takes them, and so only one enters. Answers when the registration was finished. */
async function takeCodes(
  { tx }: Visitor,
  { id, customerId, cookieHash }: FirstLogin,
): Promise<Date | null | undefined> {
  const taken = await tx
    .updateTable('first_login')
    .set({ recovery_codes: null })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .where('browser_hash', '=', cookieHash)
    .where('recovery_codes', 'is not', null)
    .returning('finished_at')
    .executeTakeFirst()
  return taken?.finished_at
}

/** The user, unless anything that a login goes by has been changed since the registration. */
async function findRegistered(
  { tx, now }: Visitor,
  { id, customerId, userId, user }: FirstLogin,
): Promise<(KnownUser & { secondFactor: 'totp' | 'mail-otp' }) | undefined> {
  const row = await tx
    .selectFrom('portal_user as u')
    .innerJoin('first_login as f', (on) =>
      on.onRef('f.customer_id', '=', 'u.customer_id').onRef('f.user_id', '=', 'u.id'),
    )
    .where('u.customer_id', '=', customerId)
    .where('u.id', '=', userId)
    .where('u.state', '=', 'active')
    .where('f.id', '=', id)
    // The registration itself has raised it by one.
    .whereRef('u.credential_epoch', '=', (eb) => eb('f.credential_epoch', '+', 1))
    .where(isInPeriodOf(customerId, now))
    .select(['u.second_factor', 'u.credential_epoch'])
    .executeTakeFirst()
  if (!row?.second_factor) return undefined
  const { name, mail, mailLanguage, timeZone } = user
  const known = { customerId, userId, state: 'active', name, mail, mailLanguage, timeZone } as const
  return { ...known, secondFactor: row.second_factor, credentialEpoch: row.credential_epoch }
}
