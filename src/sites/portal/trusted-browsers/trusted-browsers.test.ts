import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { days, minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { asksForFactor, cookieName, copyCookies, enterPassword, historyOf, isSignedIn } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Answer, hiddenFields, type TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

interface World {
  administrator: MadeUser
  user: MadeUser
  browser: TestBrowser
}

async function makeWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator' })
  const user = await make.user({ customerId: administrator.customerId, name: '佐藤' })
  const browser = await signIn(portal, administrator)
  await set(browser, 'allowed')
  return { administrator, user, browser }
}

const set = (
  browser: TestBrowser,
  isOn: 'allowed' | 'not-allowed',
  more: Record<string, string> = {},
): Promise<Answer> => browser.post(paths.trustedBrowsers, { isOn, ...more })

/** Logs in by both steps, with the box ticked. */
async function trust(user: MadeUser, browser = portal.browser()): Promise<TestBrowser> {
  await enterPassword(portal, user, { browser })
  const page = await browser.get(paths.secondStep)
  const code = await portal.newestCode(user.mail)
  const fields = { ...hiddenFields(page.body, paths.secondStep), code, trust: 'on' }
  assert.equal((await browser.send(paths.secondStep, fields)).location, paths.serviceMenu)
  return browser
}

/** Where the right password leads in a browser. */
const passwordLeadsTo = async (user: MadeUser, browser: TestBrowser): Promise<string> =>
  (await enterPassword(portal, user, { browser })).answer.location

test('off by default: no box, and one that is sent all the same is nothing', async () => {
  const user = await make.user()
  const { browser } = await enterPassword(portal, user)
  assert.doesNotMatch((await browser.get(paths.secondStep)).body, /name="trust"/)
  const trusted = await trust(user)
  assert.equal(trusted.cookies.get(cookieName('trusted')), undefined)
  assert.equal(await passwordLeadsTo(user, trusted), paths.secondStep)
})

test('nothing chosen is complained of once in the summary, and at the field', async () => {
  const { browser } = await makeWorld()
  const { status, body } = await browser.send(paths.trustedBrowsers, await formWithoutChoice(browser))
  assert.equal(status, 422)
  assert.equal(body.split('2段階認証のスキップが選択されていません').length - 1, 2)
})

async function formWithoutChoice(browser: TestBrowser): Promise<[string, string][]> {
  return Object.entries(hiddenFields((await browser.get(paths.trustedBrowsers)).body, paths.trustedBrowsers))
}

test('the box is not ticked, and names days and browser; ticked, the password is enough next time, and the mail says so', async () => {
  const { user, browser } = await makeWorld()
  const first = await enterPassword(portal, user)
  const { body } = await first.browser.get(paths.secondStep)
  assert.match(body, /次回から10日間、第二認証をスキップする/)
  assert.doesNotMatch(body, /<input[^>]*name="trust"[^>]*checked/)
  const trusted = await trust(user)
  assert.match((await portal.mailsTo(user.mail)).at(-1)?.subject ?? '', /第2認証スキップのお知らせ/)
  const before = (await portal.mailsTo(user.mail)).length
  assert.equal(await passwordLeadsTo(user, trusted), paths.serviceMenu)
  assert(await isSignedIn(trusted))
  assert.equal((await portal.mailsTo(user.mail)).length, before, 'no code was mailed')
  assert.equal((await historyOf(database, user)).at(-1), 'second-step-skipped')
  assert.match(
    (await browser.get(`${paths.accessHistory}?event=second-step-skipped`)).body,
    /第2認証スキップ[\s\S]*佐藤/,
  )
  // Elsewhere it is asked for as ever, and a wrong password is wrong.
  assert.equal(await passwordLeadsTo(user, portal.browser()), paths.secondStep)
  assert.equal((await enterPassword(portal, user, { browser: trusted, typed: 'a wrong password' })).answer.status, 422)
})

test('the cookie is worth nothing to another user, to nobody without the password, and lies in the database as a hash', async () => {
  const { user, administrator } = await makeWorld()
  const colleague = await make.user({ customerId: administrator.customerId })
  const trusted = await trust(user)
  const thief = copyCookies(trusted, portal.browser(), ['trusted'])
  assert.equal(await passwordLeadsTo(colleague, thief), paths.secondStep)
  assert(!(await isSignedIn(thief)))
  const token = trusted.cookies.get(cookieName('trusted')) ?? assert.fail('no cookie')
  assert(token.length >= 43)
  const { rows } = await admin.query<{ token_hash: Buffer }>(
    'select token_hash from trusted_browser where user_id = $1',
    [user.id],
  )
  assert(rows.every(({ token_hash }) => token_hash.length === 32 && token_hash.toString('base64url') !== token))
  // Two users of one browser do not put each other out.
  await trust(colleague, trusted)
  assert.equal(await passwordLeadsTo(user, trusted), paths.serviceMenu)
  assert.equal(await passwordLeadsTo(colleague, trusted), paths.serviceMenu)
})

test('ten days after each login, and ninety at most', async () => {
  const { user } = await makeWorld()
  const trusted = await trust(user)
  for (let day = 9; day < 90; day += 9) {
    portal.advance(9 * days)
    assert.equal(await passwordLeadsTo(user, trusted), paths.serviceMenu, `day ${day}`)
  }
  portal.advance(9 * days)
  assert.equal(await passwordLeadsTo(user, trusted), paths.secondStep)
  const other = await trust(user)
  portal.advance(10 * days)
  assert.equal(await passwordLeadsTo(user, other), paths.secondStep)
})

test('the switch, and that of a user, end it for good', async () => {
  const { user, browser } = await makeWorld()
  const trusted = await trust(user)
  await set(browser, 'not-allowed')
  await set(browser, 'allowed')
  assert.equal(await passwordLeadsTo(user, trusted), paths.secondStep)
  await trust(user, trusted)
  for (const task of ['not-allowed', 'as-all']) await browser.post(paths.trustUsers, { user: user.id, task })
  assert.equal(await passwordLeadsTo(user, trusted), paths.secondStep)
  await browser.post(paths.trustUsers, { user: user.id, task: 'not-allowed' })
  assert.doesNotMatch((await trusted.get(paths.secondStep)).body, /name="trust"/)
  await set(browser, 'allowed', { toAll: 'on' })
  await trust(user, trusted)
  assert.equal(await passwordLeadsTo(user, trusted), paths.serviceMenu)
})

test('administrators see who skips it, and end one; a user ends the own ones', async () => {
  const { user, browser } = await makeWorld()
  const [one, two] = [await trust(user), await trust(user)]
  const list = await browser.get(paths.trustedBrowsers)
  assert.match(list.body, /合計 <b>2<\/b>/)
  const [, id = ''] = /name="browser" value="([^"]+)"/.exec(list.body) ?? []
  await browser.post(paths.endTrust, { browser: id }, { from: paths.trustedBrowsers })
  const left = [await passwordLeadsTo(user, one), await passwordLeadsTo(user, two)].toSorted()
  assert.deepEqual(left, [paths.secondStep, paths.serviceMenu])
  const own = await signIn(portal, user)
  await own.post(paths.ownTrusted)
  assert.match((await own.get(paths.ownTrusted)).body, /スキップ中のブラウザはありません/)
  for (const each of [one, two]) assert.equal(await passwordLeadsTo(user, each), paths.secondStep)
})

test('nobody ends what is not theirs, and nobody learns of it', async () => {
  const { user } = await makeWorld()
  const trusted = await trust(user)
  const { rows } = await admin.query<{ id: string }>('select id from trusted_browser where user_id = $1', [user.id])
  const id = rows[0]?.id ?? ''
  const stranger = await makeWorld()
  const general = await trust(await make.user({ customerId: user.customerId }))
  const answers = []
  for (const browserId of [id, crypto.randomUUID()]) {
    answers.push((await general.post(paths.endOwnTrust, { browser: browserId }, { from: paths.ownTrusted })).location)
    await trust(stranger.user)
    const theirs = await stranger.browser.post(paths.endTrust, { browser: browserId }, { from: paths.trustedBrowsers })
    answers.push(theirs.location)
  }
  assert.deepEqual(answers.slice(0, 2), answers.slice(2))
  assert.equal(await passwordLeadsTo(user, trusted), paths.serviceMenu)
  for (const path of [paths.trustedBrowsers, paths.trustUsers]) assert.equal((await general.get(path)).status, 403)
})

test('whoever skipped it shows the factor before what is critical, administrators too; the switch itself is critical', async () => {
  const { administrator, browser } = await makeWorld()
  const trusted = await trust(administrator)
  assert.equal(await passwordLeadsTo(administrator, trusted), paths.serviceMenu)
  assert(asksForFactor(await set(trusted, 'not-allowed')))
  assert(asksForFactor(await trusted.post(paths.trustUsers, { user: administrator.id, task: 'allowed' })))
  portal.advance(11 * minutes)
  assert(asksForFactor(await set(browser, 'not-allowed')))
})
