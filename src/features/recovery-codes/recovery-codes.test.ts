import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { findAwaitedConfirmation } from '#features/sign-in/awaited.ts'
import { minutes, seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import {
  asConfirmed,
  asksForFactor,
  asSignedIn,
  cookieName,
  cookieOf,
  copyCookies,
  enterCode,
  enterPassword,
  isSignedIn,
  otherThan,
  totpNow,
  wordsAfter,
} from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { foldRecoveryCode, recoveryCodeHash } from './code.ts'
import { countRecoveryCodes } from './count.ts'
import { renewRecoveryCodes } from './renew.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const page = '/profile/recovery-codes'

test('ten codes are shown once, each logs in once, and what is left is counted', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const made = await browser.post(page)
  assert.deepEqual([made.status, made.location], [303, page])
  const codes = shownCodes((await browser.get(page)).body)
  assert.equal(new Set(codes).size, 10)
  assert.deepEqual(shownCodes((await browser.get(page)).body), [])
  const [code = '', other = ''] = codes
  for (const { typed, opens } of [
    { typed: code, opens: true },
    { typed: code, opens: false },
    { typed: other, opens: true },
  ])
    assert.equal(await logsInWith(user, typed), opens)
  assert.equal(await asSignedIn(portal, browser, countRecoveryCodes), 8)
})

test('new codes void all older ones, and the user is told by mail', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const [older = ''] = await asConfirmed(portal, browser, renewRecoveryCodes)
  portal.advance(1 * seconds)
  const [newer = ''] = shownCodes(await wordsAfter(browser, await browser.post(page)))
  const { subject, text } = (await portal.mailsTo(user.mail)).at(-1) ?? { subject: '', text: '' }
  assert.equal(subject, 'ビジネスポータル リカバリーコード作成のお知らせ')
  assert.ok(!text.includes(newer))
  assert.equal(await logsInWith(user, older), false)
  assert.equal(await logsInWith(user, newer), true)
})

test('of two renewals at once exactly one set of codes stays', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  // Each has begun, and knows its actor, before either replaces anything.
  const begun = Promise.withResolvers<void>()
  let waiting = 2
  const renew = (): Promise<string[]> =>
    asConfirmed(portal, browser, async (ctx) => {
      if (--waiting === 0) begun.resolve()
      await begun.promise
      return renewRecoveryCodes(ctx)
    })
  const sets = await Promise.all([renew(), renew()])
  assert.equal(await asSignedIn(portal, browser, countRecoveryCodes), 10)
  const opening = await Promise.all(sets.map(([code = '']) => logsInWith(user, code)))
  assert.equal(opening.filter(Boolean).length, 1)
})

test('the use of a code is mailed to the user', async () => {
  const user = await make.user()
  const [code = ''] = await asConfirmed(portal, await signIn(portal, user), renewRecoveryCodes)
  portal.advance(1 * seconds)
  assert.ok(await logsInWith(user, code))
  const subjects = (await portal.mailsTo(user.mail)).map(({ subject }) => subject)
  assert.ok(subjects.includes('ビジネスポータル リカバリーコード使用のお知らせ'))
})

test('codes wait sealed for five minutes, for the session alone in which they were made', async () => {
  const user = await make.user()
  const [here, there] = [await signIn(portal, user), await signIn(portal, user)]
  await here.post(page)
  const kept = await database.operator.transaction((tx) =>
    tx.selectFrom('form_draft').where('user_id', '=', user.id).select(['path', 'fields']).execute(),
  )
  assert.equal(kept.length, 1)
  assert.doesNotMatch(JSON.stringify(kept.map(({ path, fields }) => [path, fields.toString('latin1')])), shapeOfCode)
  assert.deepEqual(shownCodes((await there.get(page)).body), [])
  // Two tabs that ask at once are not both told.
  const tabs = await Promise.all([here.get(page), here.get(page)])
  assert.deepEqual(
    tabs.map(({ body }) => shownCodes(body).length).toSorted((one, other) => one - other),
    [0, 10],
  )
  await here.post(page)
  portal.advance(5 * minutes)
  assert.deepEqual(shownCodes((await here.get(page)).body), [])
})

test('only hashes of the codes are kept, and the same code of another user has another hash', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const [code = ''] = await asConfirmed(portal, browser, renewRecoveryCodes)
  const hashes = await asSignedIn(portal, browser, ({ tx }) =>
    tx.selectFrom('recovery_code').select('code_hash').execute(),
  )
  assert.ok(hashes.some(({ code_hash }) => code_hash.equals(recoveryCodeHash(user.id, code))))
  assert.notDeepEqual(recoveryCodeHash(user.id, code), recoveryCodeHash('another', code))
})

test('ten minutes after the second factor was shown, it is asked for again before codes are made', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  const browser = await signInWithTotp(user)
  portal.advance(10 * minutes)
  const asked = await browser.post(page)
  assert(asksForFactor(asked))
  assert.equal(await asSignedIn(portal, browser, countRecoveryCodes), 0)
  const before = copyCookies(browser, portal.browser())
  await browser.post(asked.location, { code: otherThan(totpNow(portal)) })
  assert.equal(await asSignedIn(portal, browser, countRecoveryCodes), 0)
  assert(asksForFactor(await browser.post(page)))
  const confirmed = await browser.post(asked.location, { code: totpNow(portal) })
  assert.equal(confirmed.location, page)
  assert.equal(shownCodes((await browser.get(page)).body).length, 10)
  assert.notEqual(cookieOf(browser, 'session'), cookieOf(before, 'session'))
  assert.equal(await isSignedIn(before), false)
})

test('a code that logged in cannot confirm within the session, a code that confirmed cannot log in', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  const browser = await signInWithTotp(user)
  const used = totpNow(portal)
  // The session was opened long ago, the code just now in another one.
  portal.advance(10 * minutes)
  const justUsed = totpNow(portal)
  const { browser: other } = await enterPassword(portal, user)
  await enterCode(other, justUsed)
  assert.ok(await isSignedIn(other))
  const { location } = await browser.post(page)
  for (const code of [used, justUsed]) assert.equal((await browser.post(location, { code })).status, 422)
  portal.advance(30 * seconds)
  const confirming = totpNow(portal)
  assert.equal((await browser.post(location, { code: confirming })).location, page)
  assert.equal(shownCodes((await browser.get(page)).body).length, 10)
  const { browser: third } = await enterPassword(portal, user)
  await enterCode(third, confirming)
  assert.equal(await isSignedIn(third), false)
})

test('what waits for a confirmation is no login, a login no confirmation, and neither is anybody else’s', async () => {
  const [user, other] = [await make.user(), await make.user()]
  const browser = await signIn(portal, user)
  portal.advance(11 * minutes)
  const { location } = await browser.post(page)
  const code = await portal.newestCode(user.mail)
  const stranger = portal.browser()
  stranger.cookies.set(cookieName('sign-in'), location.replace('/confirm/', ''))
  assert.equal((await stranger.get('/login/second-step')).location, '/login')
  await enterCode(stranger, code)
  assert.equal(await isSignedIn(stranger), false)

  const others = await signIn(portal, other)
  assert.equal((await others.get(location)).status, 404)

  await enterPassword(portal, user)
  assert.equal((await browser.get(`/confirm/${await signInOf(user)}`)).status, 404)
})

test('to look for a confirmation does not move the fence, whoever’s login it is looked for with', async () => {
  const [user, other] = [await make.user(), await make.user()]
  const browser = await signIn(portal, user)
  await enterPassword(portal, other)
  const theirs = await signInOf(other)
  const fenced = async (ctx: Context): Promise<string | undefined> => {
    assert.equal(await findAwaitedConfirmation(ctx, theirs), undefined)
    return (await sql<{ customer: string }>`select app_customer() as customer`.execute(ctx.tx)).rows[0]?.customer
  }
  assert.equal(await asSignedIn(portal, browser, fenced), user.customerId)
})

test('wrong codes at the confirmation count with those at the login and lock', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  const browser = await signInWithTotp(user)
  portal.advance(11 * minutes)
  const { location } = await browser.post(page)
  for (let tries = 0; tries < 5; tries++) await browser.post(location, { code: otherThan(totpNow(portal)) })
  const again = await browser.post(page)
  const right = await browser.post(again.location, { code: totpNow(portal) })
  assert.match(await wordsAfter(browser, right), /一時停止/)
  assert.match((await enterPassword(portal, user, { browser })).answer.body, /一時停止/)
})

test('letters of any width and case, spaces and hyphens make no difference', () => {
  assert.equal(foldRecoveryCode(' ａbcd-EFGH_jk lm\u3000２３４５ '), 'ABCDEFGHJKLM2345')
})

/** The newest login under way of a user. */
async function signInOf({ id }: MadeUser): Promise<string> {
  const newest = await database.operator.transaction((tx) =>
    tx
      .selectFrom('sign_in')
      .where('user_id', '=', id)
      .where('confirms_session', 'is', null)
      .orderBy('expires_at', 'desc')
      .select('id')
      .executeTakeFirstOrThrow(),
  )
  return newest.id
}

const shapeOfCode = /\b[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}\b/g

function shownCodes(html: string): string[] {
  return html.match(shapeOfCode) ?? []
}

async function logsInWith(user: MadeUser, recoveryCode: string): Promise<boolean> {
  const { browser } = await enterPassword(portal, user)
  await browser.post('/login/recovery-code', { recoveryCode })
  return isSignedIn(browser)
}

async function signInWithTotp(user: MadeUser): Promise<TestBrowser> {
  const { browser } = await enterPassword(portal, user)
  await enterCode(browser, totpNow(portal))
  return browser
}
