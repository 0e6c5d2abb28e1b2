import type { Actor } from '#features/actor.ts'
import { type AwaitedSignIn, findAwaitedSignIn } from '#features/sign-in/awaited.ts'
import type { FinishedSignIn, LoginBrowser } from '#features/sign-in/complete.ts'
import { type CodeProblem, finishSignIn, isOfCode, type LastStep, type OverProblem } from '#features/sign-in/finish.ts'
import { trustLasts } from '#features/trusted-browsers/rule.ts'
import type { Visitor } from '#platform/context.ts'
import { browserIsKnownFor } from '#features/sign-in/forget.ts'
import { type PageRequest, type Problem, problemAt, type Redirect, redirect } from '#platform/web/page.ts'
import type { Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { overProblems } from './problem-words.ts'

/** The login whose second step is awaited; without one it begins again, or leads on whoever has logged in meanwhile. */
export async function loadAwaited(
  visitor: Visitor & { actor?: Actor },
  { cookies }: PageRequest,
): Promise<AwaitedSignIn | Redirect> {
  const awaited = await findAwaitedSignIn(visitor, cookies['sign-in'] ?? '')
  return awaited ?? (visitor.actor ? redirect(visitor.site.home) : startAgain(visitor.language))
}

interface Answering {
  asked: PageRequest
  /** Where the code was typed. */
  field: string
  words: Record<CodeProblem, string>
}

/** Judges the code and leads on: into the portal, back to the first step, or to the field. */
export async function endSecondStep(
  visitor: Visitor,
  step: Pick<LastStep, 'signIn' | 'code' | 'kind' | 'trusts'>,
  { asked: { cookies }, field, words }: Answering,
): Promise<Redirect | Problem> {
  const finished = await finishSignIn(visitor, { ...step, browser: browserIn(cookies) })
  if (finished.ok) return signedIn(visitor, finished.value, visitor.site.ownPath(cookies.return ?? ''))
  const { problem } = finished
  if (isOfCode(problem)) return problemAt(field, words[problem], finished)
  return startAgain(visitor.language, problem)
}

/** What a browser shows of itself at a login. */
export function browserIn({ browser, session, trusted }: PageRequest['cookies']): LoginBrowser {
  return { known: browser ?? '', session: session ?? '', trusted: trusted ?? '' }
}

/** To where the user wanted to go, or to where the site begins. */
export function signedIn(
  { site }: Visitor,
  { sessionToken, browserToken, trustToken }: FinishedSignIn,
  to: string | undefined,
): Redirect {
  return redirect(to ?? site.home, {
    cookies: [
      { name: 'session', value: sessionToken },
      { name: 'browser', value: browserToken, lastsMs: browserIsKnownFor },
      ...(trustToken === undefined ? [] : [{ name: 'trusted', value: trustToken, lastsMs: trustLasts }]),
      { name: 'sign-in', value: null },
      { name: 'left', value: null },
      { name: 'return', value: null },
      { name: 'visit', value: null },
    ],
  })
}

/** Leads to the first step, which says why. What was counted stays. */
export function startAgain(language: Language, problem: OverProblem = 'start-again'): Redirect {
  return redirect(paths.signIn, {
    cookies: [{ name: 'sign-in', value: null }],
    notice: overProblems[problem][language],
  })
}
