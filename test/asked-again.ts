import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { paths } from '#sites/portal/paths.ts'
import { minutes } from '#platform/time/duration.ts'
import { formToken } from '#platform/web/form-token.ts'
import { type Make, type MadeUser, signIn } from './make.ts'
import { type TestPortal, testSecrets } from './portal.ts'
import { asksForFactor, cookieOf } from './sign-in.ts'
import type { Answer, TestBrowser } from './test-browser.ts'
import { postFilled, somebody } from './user-form.ts'

export const role = 'portal-administrator'
export const newMail = (): string => `new-${randomUUID()}@example.com`

export interface AskedAgain {
  administrator: MadeUser
  browser: TestBrowser
  member: MadeUser
}

/** An administrator who has shown the second factor too long ago, and somebody who is no administrator. */
export async function askedAgain(portal: TestPortal, make: Make): Promise<AskedAgain> {
  const administrator = await make.user({ role })
  const member = await make.user({ customerId: administrator.customerId })
  const browser = await signIn(portal, administrator)
  portal.advance(11 * minutes)
  return { administrator, browser, member }
}

/** Fills in the form for one more administrator; answers where the second factor is asked for. */
export async function askToAdd({ browser }: AskedAgain, mail: string): Promise<string> {
  const asked = await postFilled(browser, paths.addUser, { ...somebody, mail, role })
  assert(asksForFactor(asked))
  return asked.location
}

/** With the proof that every form of this session has, even where the page offers none. */
export function sendCode(browser: TestBrowser, location: string, code: string): Promise<Answer> {
  const token = formToken(testSecrets, cookieOf(browser, 'session') ?? '', location)
  return browser.send(location, { token, code })
}

/** Users with a mail address. */
export async function countUsers(admin: pg.Pool, mail: string): Promise<number | null> {
  return (await admin.query('select from portal_user where mail = $1', [mail])).rowCount
}
