import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { minutes, seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, password, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import {
  cookieOf,
  copyCookies,
  enterCode,
  enterPassword,
  formOf,
  giveRecoveryCode,
  historyOf,
  isSignedIn,
  otherThan,
  totpNow,
  wordsAfter,
} from '#test/sign-in.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

test('a user with both steps done sees the service menu', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const menu = await browser.get('/services')
  assert.equal(menu.status, 200)
  assert.match(menu.body, /サービスメニュー/)
  assert.deepEqual(await historyOf(database, user), ['sign-in'])
})

test('the password alone opens nothing', async () => {
  const { browser } = await enterPassword(portal, await make.user())
  const menu = await browser.get('/services')
  assert.equal(menu.status, 303)
  assert.match(menu.location, /^\/login\?/)
})

test('after the login one is where one wanted to go', async () => {
  const user = await make.user()
  const browser = portal.browser()
  const refused = await browser.get('/profile/display')
  assert.equal(refused.location, '/login?return=%2Fprofile%2Fdisplay')
  await browser.post(refused.location, { username: user.mail, password })
  const finished = await enterCode(browser, await portal.newestCode(user.mail))
  assert.equal(finished.location, '/profile/display')
})

test('a code of the authenticator app logs in, one step early or late too, two steps not', async () => {
  const expected = { '-2': false, '-1': true, '0': true, '1': true, '2': false }
  for (const [steps, opens] of Object.entries(expected)) {
    const { browser } = await enterPassword(portal, await make.user({ secondFactor: 'totp' }))
    const page = await browser.get('/login/second-step')
    assert.match(page.body, /認証アプリに表示されている6桁のコード/)
    await enterCode(browser, totpNow(portal, { steps: Number(steps) }))
    assert.equal(await isSignedIn(browser), opens, `${steps} steps away`)
  }
})

test('a code may be typed in full width and with spaces', async () => {
  const user = await make.user()
  const { browser } = await enterPassword(portal, user)
  const code = await portal.newestCode(user.mail)
  await enterCode(browser, ` ${code.slice(0, 3)} ${code.slice(3)}`.replace(/\d/g, fullWidth))
  assert.ok(await isSignedIn(browser))
})

test('after a wrong code the right one still logs in', async () => {
  const user = await make.user()
  const { browser } = await enterPassword(portal, user)
  const code = await portal.newestCode(user.mail)
  const wrong = await enterCode(browser, otherThan(code))
  assert.equal(wrong.status, 422)
  assert.match(wrong.body, /コードが正しくありません/)
  await enterCode(browser, code)
  assert.ok(await isSignedIn(browser))
  assert.deepEqual(await historyOf(database, user), ['failed wrong-code', 'sign-in'])
})

test('a mailed code works for ten minutes', async () => {
  for (const { waited, opens } of [
    { waited: 10 * minutes - 1 * seconds, opens: true },
    { waited: 10 * minutes, opens: false },
  ]) {
    const user = await make.user()
    const { browser } = await enterPassword(portal, user)
    portal.advance(waited)
    await enterCode(browser, await portal.newestCode(user.mail))
    assert.equal(await isSignedIn(browser), opens)
  }
})

test('the second step is awaited for half an hour', async () => {
  const { browser } = await enterPassword(portal, await make.user({ secondFactor: 'totp' }))
  portal.advance(30 * minutes)
  const late = await browser.get('/login/second-step')
  assert.equal(late.location, '/login')
})

test('a code is sent again after thirty seconds, and then only the newest counts', async () => {
  const user = await make.user()
  const { browser } = await enterPassword(portal, user)
  const first = await portal.newestCode(user.mail)
  portal.advance(29 * seconds)
  await browser.post('/login/second-step/resend', {}, { from: '/login/second-step' })
  assert.equal((await portal.mailsTo(user.mail)).length, 1)
  portal.advance(1 * seconds)
  await browser.post('/login/second-step/resend', {}, { from: '/login/second-step' })
  assert.equal((await portal.mailsTo(user.mail)).length, 2)
  await enterCode(browser, first)
  assert.equal(await isSignedIn(browser), false)
  await enterCode(browser, await portal.newestCode(user.mail))
  assert.ok(await isSignedIn(browser))
})

test('asking too soon uses up nothing of what may be sent within the hour', async () => {
  const user = await make.user()
  const { browser } = await enterPassword(portal, user)
  const { token = '' } = await formOf(browser, '/login/second-step/resend', '/login/second-step')
  for (let asked = 0; asked < 25; asked++) await browser.send('/login/second-step/resend', { token })
  assert.equal((await portal.mailsTo(user.mail)).length, 1)
  portal.advance(30 * seconds)
  await browser.send('/login/second-step/resend', { token })
  assert.equal((await portal.mailsTo(user.mail)).length, 2)
})

test('one login is sent at most five codes', async () => {
  const user = await make.user()
  const { browser } = await enterPassword(portal, user)
  const form = await browser.get('/login/second-step')
  const token = /action="\/login\/second-step\/resend".*?name="token" value="([^"]+)"/.exec(form.body)?.[1] ?? ''
  for (let asked = 0; asked < 8; asked++) {
    portal.advance(30 * seconds)
    await browser.send('/login/second-step/resend', { token })
  }
  assert.equal((await portal.mailsTo(user.mail)).length, 5)
  await enterCode(browser, await portal.newestCode(user.mail))
  assert.ok(await isSignedIn(browser))
})

test('one mailed code may be tried five times, from however many browsers', async () => {
  const user = await make.user()
  const known = await signIn(portal, user)
  await enterPassword(portal, user, { browser: known })
  const code = await portal.newestCode(user.mail)
  // The same login seen from a browser with another failure counter, so that the lock does not answer first.
  const stranger = copyCookies(known, portal.browser(), ['sign-in', 'visit'])
  for (let tries = 0; tries < 3; tries++) await enterCode(known, otherThan(code))
  assert.match((await enterCode(stranger, otherThan(code))).body, /コードが正しくありません/)
  assert.match(
    await wordsAfter(stranger, await enterCode(stranger, otherThan(code))),
    /回数を超えたため、ログインを終了/,
  )
  known.cookies.delete('__Host-portal-session')
  assert.match(await wordsAfter(known, await enterCode(known, code)), /第一認証からやり直してください/)
  assert.equal(await isSignedIn(known), false)
})

test('a recovery code logs in once, however it is written', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  await giveRecoveryCode(database, user, 'ABCD-EFGH-JKLM-NPQR')
  for (const { typed, opens } of [
    { typed: 'abcd efgh　ｊｋｌｍ-npqr', opens: true },
    { typed: 'ABCD-EFGH-JKLM-NPQR', opens: false },
  ]) {
    const { browser } = await enterPassword(portal, user)
    await browser.post('/login/recovery-code', { recoveryCode: typed })
    assert.equal(await isSignedIn(browser), opens)
  }
  assert.deepEqual(await historyOf(database, user), ['sign-in', 'failed wrong-code'])
})

test('a recovery code or mailed code of somebody else is refused and not consumed', async () => {
  const anna = await make.user()
  const bob = await make.user()
  await giveRecoveryCode(database, bob, 'BBBB-BBBB-BBBB-BBBB')
  const { browser: annas } = await enterPassword(portal, anna)
  const { browser: bobs } = await enterPassword(portal, bob)
  const bobsCode = await portal.newestCode(bob.mail)
  await annas.post('/login/recovery-code', { recoveryCode: 'BBBB-BBBB-BBBB-BBBB' })
  await enterCode(annas, bobsCode)
  assert.equal(await isSignedIn(annas), false)
  await bobs.post('/login/recovery-code', { recoveryCode: 'BBBB-BBBB-BBBB-BBBB' })
  assert.ok(await isSignedIn(bobs))
})

test('a mailed code works only for the login it was sent for', async () => {
  const user = await make.user()
  const { browser: first } = await enterPassword(portal, user)
  const code = await portal.newestCode(user.mail)
  const { browser: second } = await enterPassword(portal, user)
  await enterCode(second, code)
  assert.equal(await isSignedIn(second), false)
  await enterCode(first, code)
  assert.ok(await isSignedIn(first))
})

test('logging in again ends the session this browser had', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const before = copyCookies(browser, portal.browser(), ['session'])
  await enterPassword(portal, user, { browser })
  await enterCode(browser, await portal.newestCode(user.mail))
  assert.notEqual(cookieOf(browser, 'session'), cookieOf(before, 'session'))
  assert.ok(await isSignedIn(browser))
  assert.equal(await isSignedIn(before), false)
})

function fullWidth(digit: string): string {
  return String.fromCodePoint(0xff10 + Number(digit))
}
