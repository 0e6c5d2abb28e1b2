import type { FinishedSignIn } from '#features/sign-in/finish.ts'
import { days } from '#platform/duration.ts'
import { type Redirect, redirect } from '#platform/web/page.ts'
import type { Language } from '#platform/words.ts'
import { ownPath } from '../own-path.ts'
import { paths } from '../paths.ts'

/** By law of its purpose: long enough that a browser used now and then is known again. */
const knownFor = 400 * days

const over = {
  ja: 'ログインの途中で時間が過ぎたか、別の画面でログインが終わりました。第一認証からやり直してください。',
  en: 'The login took too long or was finished in another window. Begin again with the first step.',
}

/** To where the user wanted to go, or to the service menu. */
export function signedIn(
  { sessionToken, browserToken }: FinishedSignIn,
  cookies: Readonly<Record<string, string>>,
): Redirect {
  return redirect(ownPath(cookies.return ?? '') ?? paths.serviceMenu, {
    cookies: [
      { name: 'session', value: sessionToken },
      { name: 'browser', value: browserToken, lastsMs: knownFor },
      { name: 'sign-in', value: null },
      { name: 'return', value: null },
      { name: 'visit', value: null },
    ],
  })
}

export function startAgain(language: Language): Redirect {
  return redirect(paths.signIn, { cookies: [{ name: 'sign-in', value: null }], notice: over[language] })
}
