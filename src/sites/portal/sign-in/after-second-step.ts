import type { Actor } from '#features/actor.ts'
import { type AwaitedSignIn, findAwaitedSignIn } from '#features/sign-in/awaited.ts'
import {
  type CodeProblem,
  type FinishedSignIn,
  finishSignIn,
  type OverProblem,
  type SecondStep,
} from '#features/sign-in/finish.ts'
import type { Visitor } from '#platform/context.ts'
import { browserIsKnownFor } from '#features/sign-in/forget.ts'
import { type PageRequest, type Problem, problemAt, type Redirect, redirect } from '#platform/web/page.ts'
import type { Language } from '#platform/words.ts'
import { ownPath, paths } from '../paths.ts'
import { overProblems } from './problem-words.ts'

/** The login whose second step is awaited; without one it begins again, or leads on whoever has logged in meanwhile. */
export async function loadAwaited(
  visitor: Visitor & { actor?: Actor },
  { cookies }: PageRequest,
): Promise<AwaitedSignIn | Redirect> {
  const awaited = await findAwaitedSignIn(visitor, cookies['sign-in'] ?? '')
  return awaited ?? (visitor.actor ? redirect(paths.serviceMenu) : startAgain(visitor.language))
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
  step: Pick<SecondStep, 'signIn' | 'code' | 'kind'>,
  { asked: { cookies }, field, words }: Answering,
): Promise<Redirect | Problem> {
  const finished = await finishSignIn(visitor, {
    ...step,
    browserToken: cookies.browser ?? '',
    sessionToken: cookies.session ?? '',
  })
  if (finished.ok) return signedIn(finished.value, cookies)
  const { problem } = finished
  if (problem === 'wrong-code' || problem === 'code-expired') return problemAt(field, words[problem], finished)
  return startAgain(visitor.language, problem)
}

/** To where the user wanted to go, or to the service menu. */
function signedIn({ sessionToken, browserToken }: FinishedSignIn, cookies: Readonly<Record<string, string>>): Redirect {
  return redirect(ownPath(cookies.return ?? '') ?? paths.serviceMenu, {
    cookies: [
      { name: 'session', value: sessionToken },
      { name: 'browser', value: browserToken, lastsMs: browserIsKnownFor },
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
