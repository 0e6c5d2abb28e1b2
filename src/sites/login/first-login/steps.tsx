import type { JSX } from 'preact'
import { signInLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { findFirstLogin, type FirstLogin, type FirstLoginStep } from '#features/first-login/find.ts'
import type { Visitor } from '#platform/context.ts'
import { newToken } from '#platform/security/secrets.ts'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Stepper } from '#platform/ui/layout/stepper.tsx'
import { type PageRequest, type Cookie, type Redirect, redirect } from '#platform/web/page.ts'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'

export const stepPaths: Record<FirstLoginStep, string> = {
  identity: paths.firstLoginIdentity,
  password: paths.firstLoginPassword,
  factor: paths.firstLoginFactor,
  totp: paths.firstLoginTotp,
  'recovery-codes': paths.firstLoginCodes,
}

/** For the browser to keep: the key of the URL, and once the identity was shown what stands for that. */
export function stepCookie(value: string | null): Cookie {
  return { name: 'first-login', value }
}

/** Where a URL leads that is not good, or no longer. */
export const startAgain: Redirect = redirect(paths.firstLogin, { cookies: [stepCookie(null)] })

/** What this browser is about to do; when it is another step's turn, or none's, it is led there. */
export async function loadStep(
  visitor: Visitor,
  { cookies }: PageRequest,
  step: FirstLoginStep,
): Promise<FirstLogin | Redirect> {
  const firstLogin = await findFirstLogin(visitor, cookies['first-login'] ?? '')
  // From an address that is not allowed, that page says so; and to a browser that has kept nothing of what it was just given.
  if (!firstLogin && Object.keys(cookies).length === 0) return toldWithoutCookies()
  if (!firstLogin || firstLogin.isRefused) return redirect(paths.firstLogin)
  return mayOpen(firstLogin, step) ? firstLogin : redirect(stepPaths[firstLogin.step])
}

/** Gives one to keep: only a browser that comes back without it keeps none. */
const toldWithoutCookies = (): Redirect =>
  redirect(`${paths.firstLogin}?cookies=none`, { cookies: [{ name: 'visit', value: newToken() }] })

/** Besides the next step, one may go back to what was chosen before. */
function mayOpen(firstLogin: FirstLogin, step: FirstLoginStep): boolean {
  const { step: next, choosesFactor } = firstLogin
  if (step === next) return true
  if (step === 'password') return next === 'factor' || next === 'totp'
  return step === 'factor' && next === 'totp' && choosesFactor
}

const words = {
  registration: { ja: '初回ログイン', en: 'First login' },
  'password-reset': { ja: 'パスワード再設定', en: 'Password reset' },
}

const labels: Record<Exclude<FirstLoginStep, 'recovery-codes'>, Phrase> = {
  identity: signInLabels.identityCheck,
  password: signInLabels.passwordSetup,
  factor: userLabels.secondFactor,
  totp: signInLabels.totpSetup,
}

type NumberedStep = keyof typeof labels

/** Those that this user meets, as far as is known: whoever gets codes by mail has two, and so has whoever has an account. */
function stepsOf({ purpose, secondFactor, choosesFactor }: FirstLogin): NumberedStep[] {
  const steps: NumberedStep[] = ['identity', 'password']
  if (purpose === 'password-reset') return steps
  if (choosesFactor) steps.push('factor')
  if (secondFactor === 'totp') steps.push('totp')
  return steps
}

interface OfStep {
  firstLogin: FirstLogin
  step: NumberedStep
  language: Language
}

interface Place {
  steps: NumberedStep[]
  /** From 1. */
  current: number
}

function placeOf({ firstLogin, step }: Omit<OfStep, 'language'>): Place {
  const steps = stepsOf(firstLogin)
  return { steps, current: steps.indexOf(step) + 1 }
}

/** 「本人確認（1/3）初回ログイン」 */
export function stepTitle({ language, ...where }: OfStep): string {
  const { steps, current } = placeOf(where)
  const flow = inLanguage(words, language)[where.firstLogin.purpose]
  const label = labels[where.step][language]
  return language === 'ja'
    ? `${label}（${current}/${steps.length}）${flow}`
    : `${label} (${current}/${steps.length}), ${flow.toLowerCase()}`
}

export function StepHeading({ language, ...where }: OfStep): JSX.Element {
  const { steps, current } = placeOf(where)
  const flow = inLanguage(words, language)[where.firstLogin.purpose]
  const count = language === 'ja' ? `（${current}/${steps.length}）` : ` (${current}/${steps.length})`
  return (
    <>
      <PageHeading above={flow + count} heading={labels[where.step][language]} />
      <Stepper steps={steps.map((step) => labels[step][language])} current={current} language={language} />
    </>
  )
}
