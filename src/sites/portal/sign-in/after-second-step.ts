import { type AwaitedSignIn, findAwaitedSignIn } from '#features/sign-in/awaited.ts'
import { type FinishedSignIn, finishSignIn, type SecondStep, type SecondStepProblem } from '#features/sign-in/finish.ts'
import type { Visitor } from '#platform/context.ts'
import { browserIsKnownFor } from '#features/sign-in/forget.ts'
import type { Refusal } from '#platform/outcome.ts'
import { type PageRequest, type Problem, problemAt, type Redirect, redirect } from '#platform/web/page.ts'
import type { Language } from '#platform/words.ts'
import { ownPath, paths } from '../paths.ts'

const over = {
  ja: 'ログインの途中で時間が過ぎたか、別の画面でログインが終わりました。第一認証からやり直してください。',
  en: 'The login took too long or was finished in another window. Begin again with the first step.',
}

/** The login whose second step is awaited; without one it begins again. */
export async function loadAwaited(visitor: Visitor, { cookies }: PageRequest): Promise<AwaitedSignIn | Redirect> {
  return (await findAwaitedSignIn(visitor, cookies['sign-in'] ?? '')) ?? startAgain(visitor.language)
}

interface Answering {
  asked: PageRequest
  /** Where the code was typed. */
  field: string
  words: Record<Exclude<SecondStepProblem, 'start-again'>, string>
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
  if (finished.problem === 'start-again') return startAgain(visitor.language, finished)
  return problemAt(field, words[finished.problem], finished)
}

/** To where the user wanted to go, or to the service menu. */
function signedIn({ sessionToken, browserToken }: FinishedSignIn, cookies: Readonly<Record<string, string>>): Redirect {
  return redirect(ownPath(cookies.return ?? '') ?? paths.serviceMenu, {
    cookies: [
      { name: 'session', value: sessionToken },
      { name: 'browser', value: browserToken, lastsMs: browserIsKnownFor },
      { name: 'sign-in', value: null },
      { name: 'return', value: null },
      { name: 'visit', value: null },
    ],
  })
}

export function startAgain(language: Language, refusal?: Refusal): Redirect {
  return redirect(paths.signIn, {
    cookies: [{ name: 'sign-in', value: null }],
    notice: over[language],
    ...(refusal && { refusal }),
  })
}
