import { type MadeUser, password } from './make.ts'
import type { TestPortal } from './portal.ts'
import { totpNow } from './sign-in.ts'
import type { TestBrowser } from './test-browser.ts'

/** Logs a member of staff in to the console by both steps. */
export async function signInStaff(
  portal: TestPortal,
  { mail }: Pick<MadeUser, 'mail'>,
  browser: TestBrowser = portal.consoleBrowser(),
): Promise<TestBrowser> {
  await browser.post('/login', { username: mail, password })
  const finished = await browser.post('/login/second-step', { code: totpNow(portal) })
  if (finished.status !== 303 || finished.location !== '/')
    throw new Error(`The login of ${mail} failed: ${finished.status} ${finished.location}`)
  return browser
}
