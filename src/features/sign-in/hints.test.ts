import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { minutes, seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { enterCode, enterPassword, historyOf, isSignedIn, totpNow } from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

const used = /このコードはすでに使用されています。/
const clockOff = /いまの時刻のものではありません。/
const wrong = /コードが正しくありません。/

async function begun(user: MadeUser): Promise<TestBrowser> {
  return (await enterPassword(portal, user)).browser
}

async function told(browser: TestBrowser, code: string): Promise<string> {
  const { status, body } = await enterCode(browser, code)
  assert.equal(status, 422)
  assert.equal(await isSignedIn(browser), false)
  return body
}

test('a code that was just used says so, and counts as a failure', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  const code = totpNow(portal)
  await enterCode(await begun(user), code)
  const again = await begun(user)
  assert.match(await told(again, code), used)
  assert.deepEqual((await historyOf(database, user)).at(-1), 'failed wrong-code')
  portal.advance(30 * seconds)
  await enterCode(again, totpNow(portal))
  assert.equal(await isSignedIn(again), true)
})

for (const steps of [-10, -2, 2, 10])
  test(`a clock that is off by ${steps} steps says so; once it is right the login goes on`, async () => {
    const user = await make.user({ secondFactor: 'totp' })
    const browser = await begun(user)
    assert.match(await told(browser, totpNow(portal, { steps })), clockOff)
    assert.deepEqual(await historyOf(database, user), ['failed wrong-code'])
    await enterCode(browser, totpNow(portal))
    assert.equal(await isSignedIn(browser), true)
  })

test('beyond ten steps, and after two hints of one login, a code is merely wrong', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  const browser = await begun(user)
  for (const steps of [-11, 11]) assert.match(await told(browser, totpNow(portal, { steps })), wrong)
  for (const steps of [-3, 4]) assert.match(await told(browser, totpNow(portal, { steps })), clockOff)
  // The fifth in a row locks.
  const { location } = await enterCode(browser, totpNow(portal, { steps: 5 }))
  assert.equal(location, '/login')
  const patient = await make.user({ secondFactor: 'totp' })
  const other = await begun(patient)
  for (const steps of [3, 4]) assert.match(await told(other, totpNow(portal, { steps })), clockOff)
  assert.match(await told(other, totpNow(portal, { steps: 5 })), wrong)
})

test('a code that was told to be of a later time is not accepted when its time has come, in no login', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  const guessed = totpNow(portal, { steps: 4 })
  assert.match(await told(await begun(user), guessed), clockOff)
  portal.advance(2 * minutes)
  const later = await begun(user)
  assert.match(await told(later, guessed), used)
  await enterCode(later, totpNow(portal, { steps: 1 }))
  assert.equal(await isSignedIn(later), true)
})

test('without the right password nothing is told', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  const { browser } = await enterPassword(portal, user, { typed: 'a wrong password' })
  for (const steps of [0, 3]) {
    const { body, location } = await enterCode(browser, totpNow(portal, { steps }))
    assert.doesNotMatch(body, used)
    assert.doesNotMatch(body, clockOff)
    assert.notEqual(location, '/services')
  }
})
