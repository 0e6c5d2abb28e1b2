import { type Access, recordAccess } from '#features/access-history/record.ts'
import { replaceSession } from '#features/sessions/end.ts'
import { startSession } from '#features/sessions/start.ts'
import type { Visitor } from '#platform/context.ts'
import { done, type Outcome, type Refusal, refuse } from '#platform/outcome.ts'
import { hashOf, newToken } from '#platform/secrets.ts'
import type { AwaitedSignIn } from './awaited.ts'
import { guardKeyOf } from './find-login.ts'
import { takeFromCodeBudget } from './inner/code-budget.ts'
import { failTry, forgetFailures, takeTry } from './inner/guard.ts'
import { judgeMailCode, judgeRecoveryCode, judgeTotp } from './inner/judge.ts'
import type { KnownUser } from './known-user.ts'

export interface SecondStep {
  signIn: AwaitedSignIn
  /** Six digits of the user's own factor, or a recovery code. */
  code: string
  kind: 'own-factor' | 'recovery-code'
  /** Cookie of a browser that has logged in before, or empty. */
  browserToken: string
  /** Cookie of the session this browser still has, or empty. */
  sessionToken: string
}

export interface FinishedSignIn {
  sessionToken: string
  /** For the long-lived cookie by which this browser is known again. */
  browserToken: string
}

export type SecondStepProblem = 'locked' | 'wrong-code' | 'too-many-codes' | 'code-expired' | 'start-again'

/** The second step. Whatever it decides, the try is counted before anything is compared. */
export async function finishSignIn(
  visitor: Visitor,
  step: SecondStep,
): Promise<Outcome<FinishedSignIn, SecondStepProblem>> {
  const { signIn, browserToken, sessionToken } = step
  const { user } = signIn
  // 1. Count the try: this is also the lock that makes parallel guesses queue up.
  const guard = await guardKeyOf(visitor, { loginId: user.loginId, browserToken })
  if (await takeTry(visitor, guard, user)) return fail(visitor, step, 'locked')
  // 2. However many logins are begun, only so many codes of one account are judged in an hour.
  if (!(await takeFromCodeBudget(visitor, user))) return fail(visitor, step, 'too-many-codes')
  // 3. Judge the code; what was accepted once is accepted never again.
  const judged = await judge(visitor, step)
  if (judged !== 'right') return fail(visitor, step, (await failTry(visitor, guard, user)) ? 'locked' : judged)
  // 4. The login itself is used up, by exactly one of parallel requests.
  if (!(await useUp(visitor, signIn))) return refuse('start-again', { keep: true })
  // 5. Only now do earlier failures count no more.
  await forgetFailures(visitor, guard)
  if (sessionToken) await replaceSession(visitor, sessionToken)
  await record(visitor, step, { event: 'sign-in' })
  return done({
    browserToken: await rememberBrowser(visitor, user, browserToken),
    sessionToken: await startSession(visitor, { ...user, secondFactor: signIn.secondFactor }),
  })
}

function judge(visitor: Visitor, { signIn, code, kind }: SecondStep): Promise<'right' | 'wrong-code' | 'code-expired'> {
  if (kind === 'recovery-code') return judgeRecoveryCode(visitor, signIn.user, code)
  return signIn.secondFactor === 'totp'
    ? judgeTotp(visitor, signIn.user, code)
    : judgeMailCode(visitor, signIn.id, code)
}

async function fail(
  visitor: Visitor,
  step: SecondStep,
  problem: Exclude<SecondStepProblem, 'start-again'>,
): Promise<Refusal<SecondStepProblem>> {
  await record(visitor, step, { event: 'failed', reason: problem })
  return refuse(problem, { keep: true })
}

function record(visitor: Visitor, { signIn, kind }: SecondStep, line: Pick<Access, 'event' | 'reason'>): Promise<void> {
  const { customerId, userId, name: userName } = signIn.user
  const secondFactor = kind === 'recovery-code' ? kind : signIn.secondFactor
  return recordAccess(visitor, { ...line, customerId, userId, userName, secondFactor })
}

async function useUp({ tx, now }: Visitor, { id, user }: AwaitedSignIn): Promise<boolean> {
  const used = await tx
    .updateTable('sign_in')
    .set({ finished_at: now })
    .where('customer_id', '=', user.customerId)
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('id')
    .executeTakeFirst()
  if (used)
    await tx
      .updateTable('portal_user')
      .set({ last_sign_in_at: now })
      .where('customer_id', '=', user.customerId)
      .where('id', '=', user.userId)
      .execute()
  return used !== undefined
}

/** Whoever logs in from here again has a failure counter of their own. */
async function rememberBrowser(
  { tx, now }: Visitor,
  { customerId, userId }: KnownUser,
  browserToken: string,
): Promise<string> {
  const token = browserToken || newToken()
  await tx
    .insertInto('known_browser')
    .values({ customer_id: customerId, user_id: userId, token_hash: hashOf(token), last_sign_in_at: now })
    .onConflict((clash) => clash.columns(['user_id', 'token_hash']).doUpdateSet({ last_sign_in_at: now }))
    .execute()
  return token
}
