import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { portalPages } from '#sites/portal/portal.tsx'
import { secretsOf } from '../security/secrets.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, password, signIn } from '#test/make.ts'
import { testPortal, testSecrets } from '#test/portal.ts'
import { cookieOf, copyCookies, enterPassword, formOf, isSignedIn } from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { formToken, isFormToken } from './form-token.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const display = '/profile/display'
const chosen = { language: 'en', theme: 'dark', timeZone: 'Asia/Tokyo' }

test('the token of another form, session, user or visit is refused and the form shown again', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const { token: own = '', version = '' } = await formOf(browser, display)
  const others = {
    'of another form': (await formOf(browser, '/logout', '/services')).token,
    'of another session of the same user': (await formOf(await signIn(portal, user), display)).token,
    'of another user': (await formOf(await signIn(portal, await make.user()), display)).token,
    'of a visit': formToken(testSecrets, cookieOf(await visitor(), 'visit') ?? assert.fail('no visit'), display),
    'of nothing': '',
    'cut short': own.slice(1),
    'of another case': own.toLowerCase(),
  }
  for (const [whose, token = ''] of Object.entries(others)) {
    const answer = await browser.send(display, { token, version, ...chosen })
    assert.equal(answer.status, 422, whose)
    assert.match(answer.body, /画面の有効期限が切れていた/, whose)
  }
  assert.equal(await themeOf(user.id), 'system')
  assert.equal((await browser.send(display, { token: own, version, ...chosen })).status, 303)
  assert.equal(await themeOf(user.id), 'dark')
})

test('a token outlives neither the logout nor the next login', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const fields = { ...(await formOf(browser, display)), ...chosen }
  const stolen = copyCookies(browser, portal.browser())
  await browser.post('/logout', {}, { from: '/services' })
  assert.match((await stolen.send(display, fields)).location, /^\/login\?/)
  await signIn(portal, user, browser)
  assert.equal((await browser.send(display, fields)).status, 422)
  assert.equal(await themeOf(user.id), 'system')
})

test('the login cannot be begun with a token from another browser, nor ended with one', async () => {
  const [user, attacker] = [await make.user(), await make.user()]
  const theirs = await formOf(portal.browser(), '/login')
  const victims = portal.browser()
  await victims.get('/login')
  const begun = await victims.send('/login', { ...theirs, username: attacker.mail, password })
  assert.equal(begun.status, 422)
  const { browser: half } = await enterPassword(portal, attacker)
  const { token = '' } = await formOf(half, '/login/second-step')
  const { browser } = await enterPassword(portal, user)
  const { token: own = '' } = await formOf(browser, '/login/second-step')
  const code = await portal.newestCode(user.mail)
  assert.equal((await browser.send('/login/second-step', { token, code })).status, 422)
  assert.equal(await isSignedIn(browser), false)
  // It was the token alone that was wrong.
  await browser.send('/login/second-step', { token: own, code })
  assert.ok(await isSignedIn(browser))
})

test('an action without its token does nothing, and leads back to a page that says so', async () => {
  const browser = await signIn(portal, await make.user({ role: 'portal-administrator' }))
  for (const { path, allow } of portalPages.filter(({ kind }) => kind === 'action')) {
    const { status, location, body } = await browser.send(path, {})
    assert.deepEqual([status, body], [303, ''], path)
    assert.notEqual(location, path)
    const back = await browser.get(location)
    // The login leads whoever is logged in on, and what there is to say with them.
    const { body: page } = back.status === 303 ? await browser.get(back.location) : back
    if (allow === 'user' && location !== '/session') assert.match(page, /画面の有効期限が切れていた/, path)
  }
  assert.ok(await isSignedIn(browser))
})

test('nobody is logged out by a form without the token', async () => {
  const browser = await signIn(portal, await make.user())
  const { token: own = '' } = await formOf(browser, '/logout', '/services')
  const { token: another = '' } = await formOf(browser, display)
  await browser.send('/logout', {})
  await browser.send('/logout', { token: another })
  assert.ok(await isSignedIn(browser))
  await browser.send('/logout', { token: own })
  assert.equal(await isSignedIn(browser), false)
})

const senders: { headers: Record<string, string>; isTaken: boolean }[] = [
  { headers: { origin: 'https://evil.example' }, isTaken: false },
  { headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, isTaken: false },
  { headers: { origin: 'null' }, isTaken: false },
  { headers: { origin: 'http://localhost:3001' }, isTaken: false },
  { headers: { origin: 'https://localhost:3000' }, isTaken: false },
  { headers: { origin: 'http://localhost:3000.evil.example' }, isTaken: false },
  { headers: { origin: '', 'sec-fetch-site': 'cross-site' }, isTaken: false },
  { headers: { origin: '', 'sec-fetch-site': 'same-site' }, isTaken: false },
  { headers: { origin: '', 'sec-fetch-site': 'none' }, isTaken: false },
  { headers: { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }, isTaken: true },
  { headers: { origin: 'http://localhost:3000' }, isTaken: true },
]
for (const { headers, isTaken } of senders) {
  test(`a form with its right token from ${JSON.stringify(headers)} is ${isTaken ? 'taken' : 'refused'}`, async () => {
    const user = await make.user()
    const browser: TestBrowser = await signIn(portal, user)
    const fields = { ...(await formOf(browser, display)), ...chosen }
    const answer = await browser.send(display, fields, headers)
    assert.equal(answer.status, isTaken ? 303 : 403)
    assert.equal(await themeOf(user.id), isTaken ? 'dark' : 'system')
  })
}

test('a token is of one key, browser and path, and never the same twice', () => {
  const bound = { secrets: testSecrets, browserToken: 'browser', path: '/a' }
  const token = formToken(testSecrets, 'browser', '/a')
  assert.ok(isFormToken(token, bound))
  assert.notEqual(formToken(testSecrets, 'browser', '/a'), token)
  for (const other of [
    formToken(testSecrets, 'browser', '/b'),
    formToken(testSecrets, 'other', '/a'),
    formToken(secretsOf([Buffer.alloc(32, 8)]), 'browser', '/a'),
    '',
    '.',
    `${token}x`,
  ])
    assert.equal(isFormToken(other, bound), false)
})

/** Somebody's browser that has only looked at the login. */
async function visitor(): Promise<TestBrowser> {
  const browser = portal.browser()
  await browser.get('/login')
  return browser
}

async function themeOf(id: string): Promise<string> {
  const { theme } = await database.operator.transaction((tx) =>
    tx.selectFrom('portal_user').where('id', '=', id).select('theme').executeTakeFirstOrThrow(),
  )
  return theme
}
