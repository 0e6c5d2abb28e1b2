import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after as afterAll, test } from 'node:test'
import { portalPages } from '#sites/portal/portal.tsx'
import { formToken } from '#platform/web/form-token.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, password, signIn } from '#test/make.ts'
import { testPortal, testSecrets } from '#test/portal.ts'
import {
  cookieName,
  cookieOf,
  copyCookies,
  countSessions,
  enterCode,
  enterPassword,
  isSignedIn,
} from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const pages = portalPages.map((page) => ({ ...page, address: page.path.replaceAll(/:\w+/g, randomUUID()) }))
const guarded = pages.filter(({ allow }) => allow !== 'anybody')

for (const secondFactor of ['mail-otp', 'totp'] as const) {
  test(`with the password alone no page opens to an administrator with ${secondFactor}`, async () => {
    const user = await make.user({ role: 'portal-administrator', secondFactor })
    const { browser } = await enterPassword(portal, user)
    for (const { address, methods } of guarded) {
      const seen = await browser.get(address)
      assert.equal(seen.status, methods.includes('GET') ? 303 : 404, address)
      if (methods.includes('GET')) assert.match(seen.location, /^\/login($|\?)/, address)
      assert.ok(!seen.body.includes(user.name), address)
    }
  })

  test(`with the password alone no form is taken from an administrator with ${secondFactor}`, async () => {
    const user = await make.user({ role: 'portal-administrator', secondFactor })
    const { browser } = await enterPassword(portal, user)
    for (const { address, allow } of pages.filter(({ methods }) => methods.includes('POST'))) {
      const token = tokenOf(browser, address)
      const answer = await browser.send(address, { token })
      if (allow !== 'anybody') assert.match(answer.location, /^\/login($|\?)/, address)
      assert.equal(cookieOf(browser, 'session'), undefined, address)
    }
    assert.equal(await countSessions(database, user), 0)
    assert.equal(await isSignedIn(browser), false)
  })
}

test('going back, to other tabs and beginning again never gives a full session', async () => {
  const user = await make.user()
  const { browser } = await enterPassword(portal, user)
  const ways = ['/', '/login', '/login/second-step', '/login/recovery-code', '/login/second-step/resend', '/logout']
  for (const way of ways) {
    await browser.get(way)
    assert.equal(await isSignedIn(browser), false, way)
  }
  // The form of the second step was not lost by it.
  await enterCode(browser, await portal.newestCode(user.mail))
  assert.ok(await isSignedIn(browser))
})

test('a value planted in each cookie before the login is no session after it', async () => {
  const user = await make.user()
  const planted = Object.fromEntries(
    (['session', 'sign-in', 'visit'] as const).map((name) => [cookieName(name), `planted-${name}-${randomUUID()}`]),
  )
  const victim = portal.browser()
  for (const [name, value] of Object.entries(planted)) victim.cookies.set(name, value)
  await signIn(portal, user, victim)
  assert.ok(await isSignedIn(victim))
  for (const value of Object.values(planted)) {
    assert.ok(![...victim.cookies.values()].includes(value))
    assert.equal(await opensAs('session', value), false)
    assert.equal(await awaitsSecondStep(value), false)
  }
})

test("an attacker's own login or session, planted in the victim's browser, stays the attacker's", async () => {
  const [attacker, victim] = [await make.user(), await make.user()]
  const { browser: half } = await enterPassword(portal, attacker)
  const full = await signIn(portal, attacker)
  const victims = portal.browser()
  victims.cookies.set(cookieName('sign-in'), cookieOf(half, 'sign-in') ?? '')
  victims.cookies.set(cookieName('session'), cookieOf(full, 'session') ?? '')
  await signIn(portal, victim, victims)
  assert.ok((await victims.get('/profile')).body.includes(victim.name))
  // The session that lay in the victim's browser is over, not taken over.
  assert.equal(await isSignedIn(full), false)
  await enterCode(half, await portal.newestCode(attacker.mail))
  assert.ok(!(await half.get('/profile')).body.includes(victim.name))
})

test('the value of one cookie is worth nothing as another', async () => {
  const user = await make.user()
  const { browser: half } = await enterPassword(portal, user)
  const full = await signIn(portal, user)
  const values = [cookieOf(half, 'sign-in'), cookieOf(half, 'visit'), cookieOf(full, 'browser')].map(String)
  for (const value of values) assert.equal(await opensAs('session', value), false)
  for (const value of [cookieOf(full, 'session'), cookieOf(full, 'browser')].map(String))
    assert.equal(await awaitsSecondStep(value), false)
})

test('the cookie of a known browser alone gives nothing, neither does it with the password', async () => {
  const user = await make.user()
  const known = copyCookies(await signIn(portal, user), portal.browser(), ['browser'])
  assert.equal(await isSignedIn(known), false)
  await known.post('/login', { username: user.mail, password })
  assert.equal(await isSignedIn(known), false)
})

test('a session of a user who is suspended or deleted is over at once', async () => {
  for (const state of ['suspended', 'deleted'] as const) {
    const user = await make.user()
    const browser = await signIn(portal, user)
    await database.operator.transaction((tx) =>
      tx.updateTable('portal_user').set({ state }).where('id', '=', user.id).execute(),
    )
    assert.equal(await isSignedIn(browser), false, state)
  }
})

/** The proof a form would carry: these requests fail for a better reason than a missing one. */
function tokenOf(browser: TestBrowser, path: string): string {
  return formToken(testSecrets, cookieOf(browser, 'visit') ?? '', path)
}

async function opensAs(name: 'session', value: string): Promise<boolean> {
  const browser = portal.browser()
  browser.cookies.set(cookieName(name), value)
  return isSignedIn(browser)
}

async function awaitsSecondStep(value: string): Promise<boolean> {
  const browser = portal.browser()
  browser.cookies.set(cookieName('sign-in'), value)
  return (await browser.get('/login/second-step')).status === 200
}
