import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import {
  askForUrl,
  choosePassword,
  fieldsOf,
  identify,
  makeNewcomer,
  newestUrl,
  newPassword,
  readSecret,
  sendNotice,
} from '#test/first-login.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { copyCookies, enterPassword, historyOf, otherThan, totpNow, wordsAfter } from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { mostSetUpTries } from './set-up-totp.ts'

// Codes that are tried where an authenticator app is set up: at the first login, and after an administrator's reset.

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const step = '/first-login/totp'
const newcomer = (): Promise<MadeUser> => makeNewcomer(database, 'totp')

/** Goes up to the last step, and answers what the app would show. */
async function begin(user: MadeUser, url: string): Promise<{ browser: TestBrowser; code: string }> {
  const browser = portal.browser()
  await identify(browser, url, user)
  await choosePassword(browser)
  return { browser, code: totpNow(portal, { secret: await readSecret(browser) }) }
}

async function reset(): Promise<{ user: MadeUser; url: string }> {
  const administrator = await make.user({ role: 'portal-administrator' })
  const user = await make.user({ customerId: administrator.customerId, secondFactor: 'totp' })
  await (await signIn(portal, administrator)).post(`/users/${user.id}/second-factor/reset`)
  return { user, url: await newestUrl(portal, user.mail) }
}

const beginnings: Record<string, () => Promise<{ user: MadeUser; url: string }>> = {
  'the first login': async () => {
    const user = await newcomer()
    return { user, url: await sendNotice(database, portal, user) }
  },
  'a reset': reset,
}

for (const [when, beginning] of Object.entries(beginnings)) {
  test(`at ${when} the ${mostSetUpTries}th wrong code makes the URL void and says so, and the right one comes too late`, async () => {
    const { user, url } = await beginning()
    const { browser, code } = await begin(user, url)
    const twin = copyCookies(browser, portal.browser())
    for (let tries = 1; tries < mostSetUpTries; tries++)
      assert.equal((await browser.post(step, { code: otherThan(code) })).status, 422)
    const last = await browser.post(step, { code: otherThan(code) })
    assert.equal(last.location, '/first-login')
    const said = await wordsAfter(browser, last)
    assert.match(said, /コードを10回まちがえたため、このURLは使用できなくなりました/)
    assert.match(said, /パスワード再設定はこちら/)
    assert.equal((await twin.post(step, { code })).location, '/first-login')
    assert.equal((await portal.browser().get(url)).location, '/first-login')
    assert.equal((await enterPassword(portal, user, { typed: newPassword })).answer.status, 422)
    const failures = (await historyOf(database, user)).filter((line) => line === 'failed wrong-code')
    assert.equal(failures.length, mostSetUpTries)
  })
}

test('whose URL is void by wrong codes gets a new one, with all tries', async () => {
  const user = await newcomer()
  const { browser, code } = await begin(user, await sendNotice(database, portal, user))
  for (let tries = 0; tries < mostSetUpTries; tries++) await browser.post(step, { code: otherThan(code) })
  await askForUrl(database, portal, user)
  const again = await begin(user, await newestUrl(portal, user.mail))
  for (let tries = 1; tries < mostSetUpTries; tries++) await again.browser.post(step, { code: otherThan(again.code) })
  assert.equal((await again.browser.post(step, { code: again.code })).location, '/first-login/recovery-codes')
})

test('showing the identity once more, in another browser too, gives no new tries', async () => {
  const user = await newcomer()
  const url = await sendNotice(database, portal, user)
  for (let tries = 1; tries < mostSetUpTries; tries++) {
    const { browser, code } = await begin(user, url)
    await browser.post(step, { code: otherThan(code) })
  }
  const { browser, code } = await begin(user, url)
  assert.equal((await browser.post(step, { code: otherThan(code) })).location, '/first-login')
})

test('of fifty wrong codes at once ten are judged', async () => {
  const user = await newcomer()
  const { browser, code } = await begin(user, await sendNotice(database, portal, user))
  const fields = await fieldsOf(browser, step)
  const browsers = Array.from({ length: 50 }, () => copyCookies(browser, portal.browser()))
  await Promise.all(browsers.map((one) => one.send(step, { ...fields, code: otherThan(code) })))
  assert.equal((await historyOf(database, user)).length, mostSetUpTries)
})
