import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { days, hours, seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import {
  askForUrl,
  choosePassword,
  fieldsOf,
  identify,
  makeNewcomer,
  newestUrl,
  newPassword,
  sendNotice,
} from '#test/first-login.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { cookieName, enterPassword } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
afterAll(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

async function newcomer(): Promise<{ user: MadeUser; url: string }> {
  const user = await makeNewcomer(database, 'mail-otp')
  return { user, url: await sendNotice(database, portal, user) }
}

/** Whether a browser that opens the URL may show the identity. */
async function isGood(url: string): Promise<boolean> {
  return (await portal.browser().get(url)).location === '/first-login/identity'
}

async function rowsOf({ id }: MadeUser): Promise<unknown[]> {
  return (await admin.query<object>('select * from first_login where user_id = $1 order by created_at', [id])).rows
}

async function isActive({ id }: MadeUser): Promise<boolean> {
  const { rows } = await admin.query<{ state: string }>('select state from portal_user where id = $1', [id])
  return rows[0]?.state === 'active'
}

test('mail scanners may open the URL as often as they like: nothing of it is used up or changed', async () => {
  const { user, url } = await newcomer()
  const before = await rowsOf(user)
  for (let times = 0; times < 20; times++) {
    const scanner = portal.browser()
    await scanner.get(url)
    await scanner.request(url, { method: 'HEAD' })
    await scanner.get('/first-login/identity')
  }
  assert.deepEqual(await rowsOf(user), before)
  assert.equal((await identify(portal.browser(), url, user)).location, '/first-login/password')
})

test('the key goes from the address at once, and no page, referrer or log gets it', async () => {
  const { url } = await newcomer()
  const key = new URLSearchParams(url.split('?')[1]).get('key') ?? ''
  assert.match(key, /^[\w-]{43}$/, '256 bits')
  const browser = portal.browser()
  const opened = await browser.get(url)
  assert.deepEqual([opened.status, opened.location, opened.body], [303, '/first-login/identity', ''])
  assert.equal(opened.headers.get('referrer-policy'), 'no-referrer')
  assert.equal(opened.headers.get('cache-control'), 'no-store')
  assert(!(await browser.get('/first-login/identity')).body.includes(key))
  const { rows } = await admin.query<{ row: string }>('select f::text as row from first_login f')
  assert(rows.every(({ row }) => !row.includes(key)))
})

test('a browser that keeps no cookies is told so, and not that the URL is used up', async () => {
  const { user, url } = await newcomer()
  const browser = portal.browser()
  browser.keepsCookies = false
  const follow = async (from: string): Promise<string> => {
    const { location, body } = await browser.get(from)
    return location === '' ? body : follow(location)
  }
  const told = await follow(url)
  assert.match(told, /ブラウザがCookieを保存しない設定になっています/)
  assert.match(told, /このサイトのCookieを許可してから、もう一度メールのURLを開いてください。/)
  assert.doesNotMatch(told, /このURLは使用できません/)
  browser.keepsCookies = true
  // One that keeps them is told what is so, wherever it begins.
  assert.match(await follow('/first-login/password'), /このURLは使用できません/)
  assert.equal((await identify(browser, url, user)).location, '/first-login/password')
})

test('an unknown, an empty and a strange key lead to the same words, with the way to a new URL', async () => {
  for (const key of ['', 'x', 'x'.repeat(43), '%00', "' or true --"]) {
    const browser = portal.browser()
    assert.equal((await browser.get(`/first-login?key=${encodeURIComponent(key)}`)).location, '/first-login')
    const { status, body } = await browser.get('/first-login')
    assert.equal(status, 200)
    assert.match(body, /このURLは使用できません[\s\S]*href="\/password-reset"/)
  }
})

test('a first URL is good for the days of the operator, to the second', async () => {
  await admin.query('update operator set first_login_days = 3')
  const { url } = await newcomer()
  await admin.query('update operator set first_login_days = 7')
  portal.advance(3 * days - 1 * seconds)
  assert(await isGood(url))
  portal.advance(1 * seconds)
  assert(!(await isGood(url)))
})

test('a re-issued URL is good for 24 hours, to the second, whatever the operator allows for the first', async () => {
  const { user } = await newcomer()
  await askForUrl(database, portal, user)
  const url = await newestUrl(portal, user.mail)
  portal.advance(24 * hours - 1 * seconds)
  assert(await isGood(url))
  portal.advance(1 * seconds)
  assert(!(await isGood(url)))
})

test('what was begun before the URL expires cannot be finished after it', async () => {
  const { user, url } = await newcomer()
  const browser = portal.browser()
  await identify(browser, url, user)
  const fields = await fieldsOf(browser, '/first-login/password')
  portal.advance(7 * days)
  const late = await browser.send('/first-login/password', { ...fields, newPassword })
  assert.equal(late.location, '/first-login')
  assert(!(await isActive(user)))
})

test('a new URL voids the older ones, also for a browser that is half way through', async () => {
  const { user, url } = await newcomer()
  const browser = portal.browser()
  await identify(browser, url, user)
  await sendNotice(database, portal, user)
  assert(!(await isGood(url)))
  assert.equal((await browser.get('/first-login/password')).location, '/first-login')
})

test('a URL that was used is used up', async () => {
  const { user, url } = await newcomer()
  const browser = portal.browser()
  await identify(browser, url, user)
  const fields = await fieldsOf(browser, '/first-login/password')
  await choosePassword(browser)
  assert(!(await isGood(url)))
  const again = await browser.send('/first-login/password', { ...fields, newPassword: 'another long password' })
  assert.equal(again.location, '/first-login/recovery-codes')
  assert.equal((await enterPassword(portal, user, { typed: newPassword })).answer.location, '/login/second-step')
})

for (const state of ['suspended', 'deleted'] as const) {
  test(`the URL of somebody who was ${state} opens nothing, at whatever step`, async () => {
    const { user, url } = await newcomer()
    const browser = portal.browser()
    await identify(browser, url, user)
    const fields = await fieldsOf(browser, '/first-login/password')
    await admin.query('update portal_user set state = $2 where id = $1', [user.id, state])
    assert(!(await isGood(url)))
    assert.equal((await browser.send('/first-login/password', { ...fields, newPassword })).location, '/first-login')
    assert(!(await isActive(user)))
  })
}

test('a changed credential voids the URL', async () => {
  const { user, url } = await newcomer()
  await admin.query('update portal_user set credential_epoch = credential_epoch + 1 where id = $1', [user.id])
  assert(!(await isGood(url)))
})

/** Every cookie that could be taken for another. */
const otherCookies = ['session', 'sign-in', 'browser', 'visit'] as const

test('the key of a URL is no session, and no session is a key', async () => {
  const { user, url } = await newcomer()
  const key = url.split('key=')[1] ?? ''
  const browser: TestBrowser = portal.browser()
  for (const name of otherCookies) browser.cookies.set(cookieName(name), key)
  assert.match((await browser.get('/services')).location, /^\/login/)
  assert.match((await browser.get('/login/second-step')).location, /^\/login/)
  const { browser: known } = await enterPassword(portal, await make.user())
  const token = known.cookies.get(cookieName('sign-in')) ?? ''
  assert(!(await isGood(`/first-login?key=${token}`)))
  assert(!(await isActive(user)))
})

test('addresses that a browser claims never get into the mail', async () => {
  const user = await makeNewcomer(database, 'mail-otp')
  const browser = portal.browser()
  const forged = {
    'x-forwarded-host': 'evil.example.net',
    'x-forwarded-proto': 'https',
    forwarded: 'host=evil.example.net',
  }
  const fields = await fieldsOf(browser, '/password-reset')
  await browser.send(
    '/password-reset?redirect=https://evil.example.net&next=//evil.example.net',
    { ...fields, mail: user.mail },
    forged,
  )
  await browser.send('/password-reset', { ...fields, mail: user.mail }, { ...forged, host: 'evil.example.net' })
  await askForUrl(database, portal, user)
  const texts = (await portal.mailsTo(user.mail)).map(({ text }) => text)
  assert(texts.length > 0)
  for (const text of texts) {
    assert(!text.includes('evil'))
    for (const [url] of text.matchAll(/https?:\S+/g))
      assert.equal(new URL(url).origin, portal.program.config.portalUrl.origin)
  }
})
