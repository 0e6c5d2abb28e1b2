import { TOTP } from 'otpauth'
import { hiddenFields, type TestBrowser } from './test-browser.ts'
import type { TestProgram } from './program.ts'

const user = {
  mail: 'sato@example.co.jp',
  password: 'Portal-demo-2026',
  totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
}

/** Logs in to a running demo by password and authenticator, as a person would. */
export async function logInToDemo(program: Pick<TestProgram, 'browser'>): Promise<TestBrowser> {
  const browser = program.browser()
  await browser.post('/login', { username: user.mail, password: user.password })
  const code = new TOTP({ secret: user.totpSecret }).generate()
  const { status, body } = await browser.post('/login/second-step', { code })
  if (status !== 303) throw new Error(`The login of ${user.mail} failed: ${status} ${body}`)
  return browser
}

/** The whole form of the display settings as it stands, to be sent again with something changed. */
export async function displayForm(browser: TestBrowser): Promise<Record<string, string>> {
  const page = await browser.get('/profile/display')
  if (page.status !== 200) throw new Error(`The display settings answered ${page.status}`)
  return { ...hiddenFields(page.body, '/profile/display'), language: 'ja', theme: 'light', timeZone: 'Asia/Tokyo' }
}
