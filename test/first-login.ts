import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { answerRequest } from '#features/first-login/request-url.ts'
import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import type { Language } from '#platform/words.ts'
import type { TestDatabase } from './database.ts'
import { type MadeUser, makerOf } from './make.ts'
import { type TestPortal, testSecrets } from './portal.ts'
import { type Answer, hiddenFields, type TestBrowser } from './test-browser.ts'

/** What somebody who is new does, step by step. */

export const newPassword = 'Ein neues Kennwort 電池'
/** As `makerOf` makes it. */
export const phone = '03-0000-0000'

/** Somebody who awaits registration, without any credential. `null`: chooses the second factor. */
export async function makeNewcomer(
  database: TestDatabase,
  secondFactor: 'totp' | 'mail-otp' | null,
  { language = 'ja', timeZone = 'Asia/Tokyo' }: { language?: Language; timeZone?: string } = {},
): Promise<MadeUser> {
  const customerId = await makerOf(database).customer()
  const mail = `new-${randomUUID()}@example.com`
  const name = '新人 一郎'
  const { id } = await database.operator.transaction((tx) =>
    tx
      .insertInto('portal_user')
      .values({
        customer_id: customerId,
        mail,
        name,
        phone,
        role: 'general-user',
        second_factor: secondFactor,
        mail_language: language,
        time_zone: timeZone,
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  return { id, customerId, mail, name }
}

/** Sends the opening notice; answers the path of its URL. */
export async function sendNotice(
  database: TestDatabase,
  portal: TestPortal,
  { id: userId, customerId, mail }: MadeUser,
): Promise<string> {
  const by = { secrets: testSecrets, portalUrl: portal.program.config.portalUrl, now: portal.program.now() }
  const notice = await database.operator.transaction((tx) => sendOpeningNotice({ ...by, tx }, { customerId, userId }))
  assert.equal(notice, 'sent')
  return newestUrl(portal, mail)
}

/** Asks for a new URL as a visitor does; the worker answers. */
export async function askForUrl(
  database: TestDatabase,
  portal: TestPortal,
  { mail, browser = portal.browser() }: { mail: string; browser?: TestBrowser },
): Promise<Answer> {
  const answer = await browser.post('/password-reset', { mail })
  await answerRequests(database, portal)
  return answer
}

/** What the worker does with the wishes that wait. */
export async function answerRequests(database: TestDatabase, portal: TestPortal): Promise<void> {
  const by = { secrets: testSecrets, portalUrl: portal.program.config.portalUrl, now: portal.program.now() }
  await database.operator.transaction(async (tx) => {
    for (const { id } of await tx.selectFrom('first_login_request').select('id').execute())
      await answerRequest({ ...by, tx }, id)
  })
}

/** The path and query of the URL in the newest mail that has one. */
export async function newestUrl(portal: TestPortal, mail: string): Promise<string> {
  const mails = await portal.mailsTo(mail)
  const urls = mails.flatMap(({ text }) => /^https?:\/\/\S+\/first-login\?key=\S+$/m.exec(text)?.[0] ?? [])
  const { pathname, search } = new URL(urls.at(-1) ?? assert.fail(`no URL was mailed to ${mail}`))
  return pathname + search
}

/** Opens the URL and shows the identity. */
export async function identify(browser: TestBrowser, url: string, { mail, name }: MadeUser): Promise<Answer> {
  await browser.get(url)
  return enterIdentity(browser, { mail, name, phone })
}

export async function enterIdentity(browser: TestBrowser, given: Record<string, string>): Promise<Answer> {
  return browser.post('/first-login/identity', given)
}

export async function choosePassword(browser: TestBrowser, typed: string = newPassword): Promise<Answer> {
  return browser.post('/first-login/password', { newPassword: typed })
}

/** What an authenticator app is told on the page of the third step. */
export async function readSecret(browser: TestBrowser): Promise<string> {
  const { body } = await browser.get('/first-login/totp')
  return /data-copy="([A-Z2-7]+)"/.exec(body)?.[1] ?? assert.fail('no set-up key')
}

/** The form as it stands, to be sent later or by several. */
export async function fieldsOf(browser: TestBrowser, path: string): Promise<Record<string, string>> {
  return hiddenFields((await browser.get(path)).body, path)
}
