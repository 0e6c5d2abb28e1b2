import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, password } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import {
  copyCookies,
  countSessions,
  enterPassword,
  formOf,
  giveRecoveryCode,
  historyOf,
  isSignedIn,
  totpNow,
} from '#test/sign-in.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

test('one code of an authenticator app, sent by a hundred logins at once, opens one session', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  const browsers = await beginLogins(user, 100)
  await sendAtOnce(browsers, '/login/second-step', { code: totpNow(portal) })
  assert.equal(await countSessions(database, user), 1)
  assert.equal(await countSignedIn(browsers), 1)
})

test('one mailed code, sent by fifty requests of its login at once, opens one session', async () => {
  const user = await make.user()
  const { browser } = await enterPassword(portal, user)
  const browsers = Array.from({ length: 50 }, () => copyCookies(browser, portal.browser()))
  const answers = await sendAtOnce(browsers, '/login/second-step', { code: await portal.newestCode(user.mail) })
  assert.equal(answers.filter(({ location }) => location === '/services').length, 1)
  assert.equal(await countSessions(database, user), 1)
})

test('one recovery code, sent by fifty logins at once, opens one session', async () => {
  const user = await make.user()
  await giveRecoveryCode(database, user, 'ABCD-EFGH-JKLM-NPQR')
  const browsers = await beginLogins(user, 50)
  await sendAtOnce(browsers, '/login/recovery-code', { recoveryCode: 'ABCD-EFGH-JKLM-NPQR' })
  assert.equal(await countSessions(database, user), 1)
  assert.equal(await countSignedIn(browsers), 1)
})

/** Somebody whose password takes as long as in truth: all tries are then under way before the first is judged. */
async function makeSlowUser(): Promise<MadeUser> {
  const user = await make.user()
  const hash = await portal.program.passwords.hash(password)
  await database.operator.transaction((tx) =>
    tx.updateTable('user_credential').set({ password_hash: hash }).where('user_id', '=', user.id).execute(),
  )
  return user
}

test('of sixty wrong passwords sent at once at most five are judged', async () => {
  const user = await makeSlowUser()
  const browsers = Array.from({ length: 60 }, () => portal.browser())
  const answers = await sendAtOnce(browsers, '/login', { username: user.mail, password: 'a wrong password' })
  const history = await historyOf(database, user)
  assert.ok(history.filter((line) => line === 'failed wrong-password').length <= 5)
  assert.equal(history.filter((line) => line === 'locked').length, 1)
  assert.equal(answers.filter(({ body }) => body.includes('正しくありません')).length <= 5, true)
  assert.equal((await portal.mailsTo(user.mail)).length, 1)
})

test('of sixty guesses sent at once, the right password among them last, none gets in', async () => {
  const user = await makeSlowUser()
  const browsers = Array.from({ length: 60 }, () => portal.browser())
  const forms = await Promise.all(browsers.map((browser) => formOf(browser, '/login')))
  const answers = await Promise.all(
    browsers.map((browser, index) =>
      browser.send('/login', {
        ...forms[index],
        username: user.mail,
        password: index < 59 ? `guess ${index}` : password,
      }),
    ),
  )
  assert.equal(answers.filter(({ status }) => status === 303).length, 0)
})

test('of fifty wrong codes sent at once at most five are judged', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  const { browser } = await enterPassword(portal, user)
  const browsers = Array.from({ length: 50 }, () => copyCookies(browser, portal.browser()))
  const forms = await Promise.all(browsers.map((one) => formOf(one, '/login/second-step')))
  const right = totpNow(portal)
  await Promise.all(
    browsers.map((one, index) =>
      one.send('/login/second-step', {
        ...forms[index],
        code: String((Number(right) + 1 + index) % 1_000_000).padStart(6, '0'),
      }),
    ),
  )
  const history = await historyOf(database, user)
  assert.ok(history.filter((line) => line === 'failed wrong-code').length <= 5)
  assert.equal(history.filter((line) => line === 'locked').length, 1)
})

test('of fifty requests for a new code at once one sends it', async () => {
  const user = await make.user()
  const { browser } = await enterPassword(portal, user)
  portal.advance(30 * seconds)
  const { token = '' } = await formOf(browser, '/login/second-step/resend', '/login/second-step')
  const browsers = Array.from({ length: 50 }, () => copyCookies(browser, portal.browser()))
  await Promise.all(browsers.map((one) => one.send('/login/second-step/resend', { token })))
  assert.equal((await portal.mailsTo(user.mail)).length, 2)
})

/** Logins of one user whose second step is awaited. */
async function beginLogins(user: MadeUser, howMany: number): Promise<TestBrowser[]> {
  const browsers: TestBrowser[] = []
  // Three at once: more passwords under way at the same time would count as failures.
  while (browsers.length < howMany) {
    const begun = await Promise.all([1, 2, 3].map(() => enterPassword(portal, user)))
    browsers.push(...begun.map(({ browser }) => browser))
  }
  return browsers.slice(0, howMany)
}

/** Every browser loads its form; then all forms leave at one moment. */
async function sendAtOnce(
  browsers: readonly TestBrowser[],
  path: string,
  values: Record<string, string>,
): Promise<Answer[]> {
  const forms = await Promise.all(browsers.map((browser) => formOf(browser, path)))
  return Promise.all(browsers.map((browser, index) => browser.send(path, { ...forms[index], ...values })))
}

async function countSignedIn(browsers: readonly TestBrowser[]): Promise<number> {
  const signedIn = await Promise.all(browsers.map(isSignedIn))
  return signedIn.filter(Boolean).length
}
