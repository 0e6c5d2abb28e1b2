import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import { copyCookies, enterCode, enterPassword, giveRecoveryCode, isSignedIn, totpNow } from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

test('a code of the authenticator app that was accepted is refused in a second login, the next one is not', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  const code = totpNow(portal)
  assert.ok(await logsIn(user, code))
  assert.equal(await logsIn(user, code), false)
  assert.ok(await logsIn(user, totpNow(portal, { steps: 1 })))
})

test('after a newer code was accepted, the one before it is refused although never used', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  const [older, newer] = [totpNow(portal), totpNow(portal, { steps: 1 })]
  assert.ok(await logsIn(user, newer))
  assert.equal(await logsIn(user, older), false)
})

test('a refused login does not use up the code of another user', async () => {
  const [anna, bob] = [await make.user({ secondFactor: 'totp' }), await make.user({ secondFactor: 'totp' })]
  // Both have the same secret, so the code is right for both.
  const code = totpNow(portal)
  assert.ok(await logsIn(anna, code))
  assert.ok(await logsIn(bob, code))
})

test('a code that was refused while locked may be used afterwards', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  for (let tries = 0; tries < 5; tries++) await enterPassword(portal, user, { typed: 'a wrong password' })
  const code = totpNow(portal)
  assert.equal(await logsIn(user, code), false)
  await database.operator.transaction((tx) => tx.deleteFrom('sign_in_guard').execute())
  assert.ok(await logsIn(user, code))
})

test('the cookie of a login that is finished begins nothing any more', async () => {
  const user = await make.user()
  const { browser } = await enterPassword(portal, user)
  const kept = copyCookies(browser, portal.browser())
  const code = await portal.newestCode(user.mail)
  await enterCode(browser, code)
  assert.equal((await kept.get('/login/second-step')).location, '/login')
  assert.equal((await kept.get('/login/recovery-code')).location, '/login')
  await enterCode(kept, code)
  assert.equal(await isSignedIn(kept), false)
})

const used: Record<string, (user: MadeUser) => Promise<{ path: string; fields: Record<string, string> }>> = {
  'a code of the authenticator app': async () => ({ path: '/login/second-step', fields: { code: totpNow(portal) } }),
  'a recovery code': async (user) => {
    await giveRecoveryCode(database, user, 'ABCD-EFGH-JKLM-NPQR')
    return { path: '/login/recovery-code', fields: { recoveryCode: 'ABCD-EFGH-JKLM-NPQR' } }
  },
}

for (const [what, useOf] of Object.entries(used)) {
  test(`${what} that was accepted is refused after a restart, and by a second process`, async () => {
    const user = await make.user({ secondFactor: 'totp' })
    const { path, fields } = await useOf(user)
    const { browser } = await enterPassword(portal, user)
    await browser.post(path, fields)
    assert.ok(await isSignedIn(browser))
    const second = await anotherProcess()
    const { browser: replaying } = await enterPassword(second, user)
    await replaying.post(path, fields)
    assert.equal(await isSignedIn(replaying), false)
  })
}

test('a mailed code that was accepted is refused by a second process', async () => {
  const user = await make.user()
  const { browser } = await enterPassword(portal, user)
  const second = await anotherProcess()
  const elsewhere = copyCookies(browser, second.browser())
  const code = await portal.newestCode(user.mail)
  await enterCode(browser, code)
  await enterCode(elsewhere, code)
  assert.equal(await isSignedIn(elsewhere), false)
})

test('a login begun in one process is finished in another, and failures count in both', async () => {
  const user = await make.user()
  const second = await anotherProcess()
  for (let tries = 0; tries < 2; tries++) await enterPassword(portal, user, { typed: 'a wrong password' })
  const { browser } = await enterPassword(portal, user)
  const elsewhere = copyCookies(browser, second.browser())
  await enterCode(elsewhere, await portal.newestCode(user.mail))
  assert.ok(await isSignedIn(copyCookies(elsewhere, portal.browser())))

  const other = await make.user()
  for (const process of [portal, second, portal, second, portal])
    await enterPassword(process, other, { typed: 'a wrong password' })
  assert.match((await enterPassword(second, other)).answer.body, /一時停止/)
})

async function logsIn(user: MadeUser, code: string): Promise<boolean> {
  const { browser }: { browser: TestBrowser } = await enterPassword(portal, user)
  await enterCode(browser, code)
  return isSignedIn(browser)
}

/** Another portal over the same database, at the same time. */
async function anotherProcess(): Promise<TestPortal> {
  const other = await testPortal(database)
  other.advance(portal.program.now().getTime() - other.program.now().getTime() + 1 * seconds)
  return other
}
