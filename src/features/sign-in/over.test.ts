import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { minutes, seconds } from '#platform/time/duration.ts'
import { sendCode } from '#test/asked-again.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import {
  asksForFactor,
  asSignedIn,
  copyCookies,
  enterCode,
  enterPassword,
  giveRecoveryCode,
  historyOf,
  isSignedIn,
  otherThan,
  totpNow,
  wordsAfter,
} from '#test/sign-in.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'
import { unlockUser } from './unlock.ts'

// As many wrong codes as may be end the login under way, and not only for as long as the login ID is locked.

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const recoveryCode = 'ABCD-EFGH-JKLM-NPQR'
const wrongRecoveryCode = 'ZZZZ-ZZZZ-ZZZZ-ZZZZ'

/** A login whose second step is awaited, and the ways to try a code there. */
interface Login {
  user: MadeUser
  browser: TestBrowser
  tryCode: (browser: TestBrowser, isRight: boolean) => Promise<Answer>
}

async function begin(secondFactor: 'totp' | 'mail-otp', way: 'code' | 'recovery-code'): Promise<Login> {
  const user = await make.user({ secondFactor })
  await giveRecoveryCode(database, user, recoveryCode)
  const { browser } = await enterPassword(portal, user)
  const mailed = secondFactor === 'totp' ? undefined : await portal.newestCode(user.mail)
  const tryCode = async (by: TestBrowser, isRight: boolean): Promise<Answer> => {
    if (way === 'recovery-code')
      return by.post('/login/recovery-code', { recoveryCode: isRight ? recoveryCode : wrongRecoveryCode })
    const code = mailed ?? totpNow(portal)
    return enterCode(by, isRight ? code : otherThan(code))
  }
  return { user, browser, tryCode }
}

/** As an administrator or the operator does. */
async function unlock({ id: userId, customerId }: MadeUser): Promise<void> {
  const { secrets, log } = portal.program
  await database.operator.transaction((tx) =>
    unlockUser({ tx, now: portal.program.now(), secrets, log }, { customerId, userId }),
  )
}

for (const [secondFactor, way] of [
  ['mail-otp', 'code'],
  ['totp', 'code'],
  ['totp', 'recovery-code'],
] as const) {
  test(`the fifth wrong ${way} of a user with ${secondFactor} ends the login and says why; unlocked, it stays over`, async () => {
    const { user, browser, tryCode } = await begin(secondFactor, way)
    const twin = copyCookies(browser, portal.browser())
    for (let tries = 0; tries < 4; tries++) assert.equal((await tryCode(browser, false)).status, 422)
    const last = await tryCode(browser, false)
    assert.deepEqual([last.status, last.location], [303, '/login'])
    assert.match(
      await wordsAfter(browser, last),
      /ログインの失敗が続いたため、このユーザIDでのログインを一時停止しています/,
    )
    await unlock(user)
    assert.match(await wordsAfter(twin, await tryCode(twin, true)), /第一認証からやり直してください/)
    assert.equal(await isSignedIn(twin), false)
    assert.deepEqual((await historyOf(database, user)).slice(-3), ['locked', 'failed locked', 'unlocked'])
    assert.ok(await isSignedIn(await logInAnew(user, secondFactor)))
  })
}

async function logInAnew(user: MadeUser, secondFactor: 'totp' | 'mail-otp'): Promise<TestBrowser> {
  const { browser } = await enterPassword(portal, user)
  await enterCode(browser, secondFactor === 'totp' ? totpNow(portal) : await portal.newestCode(user.mail))
  return browser
}

test('a login that was tried when the hour’s codes were used up is over, too', async () => {
  const { user, browser, tryCode } = await begin('totp', 'code')
  await database.operator.transaction((tx) =>
    tx
      .insertInto('code_budget')
      .values({
        customer_id: user.customerId,
        user_id: user.id,
        judged: Array.from({ length: 20 }, () => portal.program.now()),
      })
      .execute(),
  )
  const twin = copyCookies(browser, portal.browser())
  assert.match(await wordsAfter(browser, await tryCode(browser, true)), /入力できるコードの回数を超えました/)
  await unlock(user)
  await tryCode(twin, true)
  assert.equal(await isSignedIn(twin), false)
})

test('a new code cannot be asked for when the login is over', async () => {
  const { user, browser, tryCode } = await begin('mail-otp', 'code')
  const twin = copyCookies(browser, portal.browser())
  for (let tries = 0; tries < 5; tries++) await tryCode(browser, false)
  await unlock(user)
  portal.advance(1 * minutes)
  const mailed = (await portal.mailsTo(user.mail)).length
  await twin.post('/login/second-step/resend', {}, { from: '/login/second-step' })
  assert.equal((await portal.mailsTo(user.mail)).length, mailed)
})

test('a code that has merely expired ends nothing: a new one is asked for', async () => {
  const { user, browser, tryCode } = await begin('mail-otp', 'code')
  portal.advance(11 * minutes)
  const late = await tryCode(browser, true)
  assert.equal(late.status, 422)
  assert.match(late.body, /有効期限が切れました。「コードを再送信する」から/)
  await browser.post('/login/second-step/resend', {}, { from: '/login/second-step' })
  await enterCode(browser, await portal.newestCode(user.mail))
  assert.ok(await isSignedIn(browser))
  assert.deepEqual(await historyOf(database, user), ['failed code-expired', 'sign-in'])
})

test('the fifth wrong code of a confirmation ends it; it leads back and says why, and the session goes on', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  portal.advance(11 * minutes)
  const { location } = await browser.post('/profile/recovery-codes')
  const code = await portal.newestCode(user.mail)
  const twin = copyCookies(browser, portal.browser())
  for (let tries = 0; tries < 4; tries++)
    assert.equal((await browser.post(location, { code: otherThan(code) })).status, 422)
  const last = await browser.post(location, { code: otherThan(code) })
  assert.equal(last.location, '/profile/recovery-codes')
  assert.match(await wordsAfter(browser, last), /一時停止しています/)
  await unlock(user)
  assert.match(await wordsAfter(twin, await sendCode(twin, location, code)), /操作は行われていません/)
  assert(asksForFactor(await twin.post('/profile/recovery-codes')))
  assert.ok(await isSignedIn(browser))
})

test('after one that is over a new confirmation can be begun', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  portal.advance(11 * minutes)
  const { location } = await browser.post('/profile/recovery-codes')
  const code = await portal.newestCode(user.mail)
  for (let tries = 0; tries < 5; tries++) await browser.post(location, { code: otherThan(code) })
  await unlock(user)
  portal.advance(1 * seconds)
  const again = await browser.post('/profile/recovery-codes')
  await browser.post(again.location, { code: await portal.newestCode(user.mail) })
  const confirmedAt = await asSignedIn(portal, browser, async ({ actor }) => actor.confirmedAt)
  assert.deepEqual(confirmedAt, portal.program.now())
})
