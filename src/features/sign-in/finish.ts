import { type Access, recordAccess } from '#features/access-history/record.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import { recoveryCodesEmail } from '#features/recovery-codes/changed.email.ts'
import { useRecoveryCode } from '#features/recovery-codes/use.ts'
import { trustBrowser } from '#features/trusted-browsers/trust.ts'
import type { Visitor } from '#platform/context.ts'
import { done, type Outcome, type Refusal, refuse } from '#platform/outcome.ts'
import type { AwaitedSignIn } from './awaited.ts'
import { completeSignIn, type FinishedSignIn, type LoginBrowser } from './complete.ts'
import { guardKeyOf } from './find-login.ts'
import { takeFromCodeBudget } from './inner/code-budget.ts'
import { failTry, forgetFailures, takeTry } from './inner/guard.ts'
import { judgeMailCode, type Judgement, judgeTotp } from './inner/judge.ts'

export interface SecondStep {
  signIn: AwaitedSignIn
  /** Six digits of the user's own factor, or a recovery code. */
  code: string
  kind: 'own-factor' | 'recovery-code'
  /** Cookie of a browser that has logged in before, or empty. */
  browserToken: string
}

/** The last step of a login. */
export interface LastStep extends Omit<SecondStep, 'browserToken'> {
  browser: LoginBrowser
  /** Whether the second step is to be skipped in this browser from now on. */
  trusts: boolean
}

/** Why a code was refused while the login goes on: it can be typed again, or a new one asked for. */
const codeProblems = ['wrong-code', 'code-expired', 'code-used', 'clock-off'] as const
export type CodeProblem = (typeof codeProblems)[number]
/** Why a login is over: as many codes were wrong as may be, or it was over before. */
export type OverProblem = 'locked' | 'too-many-codes' | 'code-used-up' | 'address-refused' | 'start-again'
export type SecondStepProblem = CodeProblem | OverProblem

/** Whether the login goes on. */
export function isOfCode(problem: SecondStepProblem): problem is CodeProblem {
  return codeProblems.some((each) => each === problem)
}

/** The second step of a login: starts the session. */
export async function finishSignIn(
  visitor: Visitor,
  { browser, trusts, ...step }: LastStep,
): Promise<Outcome<FinishedSignIn, SecondStepProblem>> {
  const passed = await passSecondStep(visitor, { ...step, browserToken: browser.known })
  if (!passed.ok) return passed
  const { signIn, kind } = step
  const { user, secondFactor } = signIn
  const line = { event: 'sign-in', secondFactor: kind === 'recovery-code' ? kind : secondFactor } as const
  const finished = await completeSignIn(visitor, { user, secondFactor, browser, line })
  if (kind === 'recovery-code') await tellOfRecoveryCode(visitor, signIn)
  // Of the own factor alone: a recovery code is for whoever has lost it.
  const trustToken = trusts && kind === 'own-factor' ? await trustBrowser(visitor, user, browser.trusted) : undefined
  return done({ ...finished, ...(trustToken !== undefined && { trustToken }) })
}

/** Judges a second factor, for whatever it is asked. Whatever it decides, the try is counted before anything is compared. */
export async function passSecondStep(visitor: Visitor, step: SecondStep): Promise<Outcome<void, SecondStepProblem>> {
  const { signIn, browserToken } = step
  const { user } = signIn
  // 0. From an address that is not allowed nothing is judged.
  if (signIn.isRefused) {
    await record(visitor, step, { event: 'failed', reason: 'address-refused' })
    return refuse('address-refused', { keep: true })
  }
  // 1. Count the try: this is also the lock that makes parallel guesses queue up.
  const guard = await guardKeyOf(visitor, { loginId: user.loginId, browserToken })
  if (await takeTry(visitor, guard, user)) return fail(visitor, step, 'locked')
  // 2. However many logins are begun, only so many codes of one account are judged in an hour.
  if (!(await takeFromCodeBudget(visitor, user, 'judged'))) return fail(visitor, step, 'too-many-codes')
  // 3. Judge the code; what was accepted once is accepted never again.
  const judged = await judge(visitor, step)
  if (judged !== 'right') return fail(visitor, step, (await failTry(visitor, guard, user)) ? 'locked' : judged)
  // 4. The login itself is used up, by exactly one of parallel requests; of whoever knows the code no earlier failure counts.
  const [isUsedUp] = await Promise.all([useUp(visitor, signIn), forgetFailures(visitor, guard)])
  return isUsedUp ? done() : refuse('start-again', { keep: true })
}

async function judge(visitor: Visitor, { signIn, code, kind }: SecondStep): Promise<Judgement> {
  if (kind === 'recovery-code') return (await useRecoveryCode(visitor, signIn.user, code)) ? 'right' : 'wrong-code'
  return signIn.secondFactor === 'totp' ? judgeTotp(visitor, signIn, code) : judgeMailCode(visitor, signIn, code)
}

async function fail(
  visitor: Visitor,
  step: SecondStep,
  problem: Exclude<SecondStepProblem, 'start-again'>,
): Promise<Refusal<SecondStepProblem>> {
  await record(visitor, step, { event: 'failed', reason: reasonOf(problem) })
  // From now on not even the right code counts for this login, whatever is unlocked or mailed meanwhile.
  if (!isOfCode(problem)) await useUp(visitor, step.signIn)
  return refuse(problem, { keep: true })
}

/** A hint is for whoever types; the history counts wrong codes. */
function reasonOf(problem: Exclude<SecondStepProblem, 'start-again'>): NonNullable<Access['reason']> {
  return problem === 'code-used-up' || problem === 'code-used' || problem === 'clock-off' ? 'wrong-code' : problem
}

function record(visitor: Visitor, { signIn, kind }: SecondStep, line: Pick<Access, 'event' | 'reason'>): Promise<void> {
  const { customerId, userId, name: userName } = signIn.user
  const secondFactor = kind === 'recovery-code' ? kind : signIn.secondFactor
  return recordAccess(visitor, { ...line, customerId, userId, userName, secondFactor })
}

/** Ends the login under way; false: it was over. */
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
  return used !== undefined
}

/** Whoever did not use it is to know at once. */
export async function tellOfRecoveryCode(visitor: Visitor, { user }: AwaitedSignIn): Promise<void> {
  const { customerId, userId, mail: address, mailLanguage: language, timeZone } = user
  const email = recoveryCodesEmail(language, { event: 'used', at: visitor.now, timeZone, ip: visitor.client.ip })
  await enqueueMail(visitor, { customerId, userId, address, language }, { kind: 'recovery-code-used', email })
}
