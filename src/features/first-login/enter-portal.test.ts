import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { choosePassword, fieldsOf, identify, makeNewcomer, readSecret, sendNotice } from '#test/first-login.ts'
import type { MadeUser } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { copyCookies, isSignedIn, totpNow } from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
afterAll(() => database[Symbol.asyncDispose]())

for (const factor of ['totp', 'mail-otp'] as const)
  test(`a quarter of an hour after a registration with ${factor} a login is as ever`, async () => {
    const { browser } = await register(factor)
    portal.advance(15 * minutes)
    assert.equal(await keepCodes(browser), '/login')
    assert.equal(await isSignedIn(browser), false)
    assert.equal((await browser.get('/login/second-step')).location, '/login')
  })

test('whoever has the cookie of the way as well enters once at most, and nobody after a change of the credentials', async () => {
  const { browser } = await register('totp')
  const twins = [browser, copyCookies(browser, portal.browser())]
  const fields = await Promise.all(twins.map((each) => fieldsOf(each, '/first-login/recovery-codes')))
  await Promise.all(
    twins.map((each, index) => each.send('/first-login/recovery-codes', { ...fields[index], kept: 'on' })),
  )
  const inside = await Promise.all(twins.map(isSignedIn))
  assert.equal(inside.filter(Boolean).length, 1)

  const changed = await register('totp')
  await database.operator.transaction((tx) =>
    tx.updateTable('portal_user').set({ credential_epoch: 3 }).where('id', '=', changed.user.id).execute(),
  )
  assert.equal(await keepCodes(changed.browser), '/login')
  assert.equal(await isSignedIn(changed.browser), false)
})

async function keepCodes(browser: TestBrowser): Promise<string> {
  return (await browser.post('/first-login/recovery-codes', { kept: 'on' })).location
}

/** Takes all steps; the codes are there to be seen. */
async function register(factor: 'totp' | 'mail-otp'): Promise<{ user: MadeUser; browser: TestBrowser }> {
  const user = await makeNewcomer(database, factor)
  const browser = portal.browser()
  await identify(browser, await sendNotice(database, portal, user), user)
  await choosePassword(browser)
  if (factor === 'totp') {
    const secret = await readSecret(browser)
    await browser.post('/first-login/totp', { code: totpNow(portal, { secret }) })
  }
  return { user, browser }
}
