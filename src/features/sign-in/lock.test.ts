import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after as afterAll, test } from 'node:test'
import { hours, minutes, seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import {
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
import type { TestBrowser } from '#test/test-browser.ts'
import { forgetOldTraces } from './forget.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const wrong = 'a wrong password'
const locked = /このユーザIDでのログインを一時停止しています/

test('five failures lock the login ID for strangers, the right password too, for half an hour', async () => {
  const user = await make.user()
  await failToLogIn(user, 5)
  const { browser, answer } = await enterPassword(portal, user)
  assert.equal(answer.status, 422)
  assert.match(answer.body, locked)
  portal.advance(30 * minutes - 3 * seconds)
  assert.match((await enterPassword(portal, user, { browser })).answer.body, locked)
  portal.advance(2 * seconds)
  assert.equal((await enterPassword(portal, user, { browser })).answer.location, '/login/second-step')
})

test('a lock is mailed to the user once and stands in the access history', async () => {
  const user = await make.user()
  await failToLogIn(user, 7)
  const mails = await portal.mailsTo(user.mail)
  assert.deepEqual(
    mails.map(({ subject }) => subject),
    ['ビジネスポータル ログインの一時停止のお知らせ'],
  )
  assert.match(mails[0]?.text ?? '', /192\.0\.2\.1/)
  assert.deepEqual(await historyOf(database, user), [
    ...Array.from({ length: 4 }, () => 'failed wrong-password'),
    'locked',
    ...Array.from({ length: 3 }, () => 'failed locked'),
  ])
})

test('after a lock one has five tries again', async () => {
  const user = await make.user()
  await failToLogIn(user, 5)
  portal.advance(31 * minutes)
  await failToLogIn(user, 4)
  assert.equal((await enterPassword(portal, user)).answer.location, '/login/second-step')
})

test('a login with both steps forgets the failures before it, the password alone does not', async () => {
  const user = await make.user()
  await failToLogIn(user, 4)
  const { browser } = await enterPassword(portal, user)
  assert.match((await enterPassword(portal, user, { typed: wrong })).answer.body, locked)

  const other = await make.user()
  await failToLogIn(other, 4)
  await signIn(portal, other)
  await failToLogIn(other, 4)
  assert.equal((await enterPassword(portal, other, { browser })).answer.location, '/login/second-step')
})

test('wrong passwords and wrong codes count together, over any number of logins', async () => {
  const user = await make.user()
  await failToLogIn(user, 2)
  const first = await beginLogin(user)
  for (let tries = 0; tries < 2; tries++) await enterCode(first.browser, otherThan(first.code))
  const second = await beginLogin(user)
  assert.match(await codeLeadsTo(second.browser, otherThan(second.code)), locked)
  assert.match(await codeLeadsTo(first.browser, first.code), locked)
  assert.equal((await isSignedIn(first.browser)) || (await isSignedIn(second.browser)), false)
})

test('two logins with three wrong codes each: the sixth is not judged', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  const logins = [await enterPassword(portal, user), await enterPassword(portal, user)]
  for (const { browser } of logins)
    for (let tries = 0; tries < 3; tries++) await enterCode(browser, otherThan(totpNow(portal)))
  const history = await historyOf(database, user)
  assert.equal(history.filter((line) => line === 'failed wrong-code').length, 4)
  assert.deepEqual(history.slice(-2), ['locked', 'failed locked'])
})

test('while a login ID is locked, the right code of either kind and the right recovery code are refused', async () => {
  const mailed = await make.user()
  const app = await make.user({ secondFactor: 'totp' })
  await giveRecoveryCode(database, app, 'ABCD-EFGH-JKLM-NPQR')
  const waiting = await beginLogin(mailed)
  const { browser: appsBrowser } = await enterPassword(portal, app)
  await failToLogIn(mailed, 5)
  await failToLogIn(app, 5)
  const other = copyCookies(appsBrowser, portal.browser())
  assert.match(await codeLeadsTo(waiting.browser, waiting.code), locked)
  const recovery = await appsBrowser.post('/login/recovery-code', { recoveryCode: 'ABCD-EFGH-JKLM-NPQR' })
  assert.match(await wordsAfter(appsBrowser, recovery), locked)
  assert.match(await codeLeadsTo(other, totpNow(portal)), /第一認証からやり直してください/)
  assert.equal((await isSignedIn(waiting.browser)) || (await isSignedIn(appsBrowser)), false)
})

test('an attacker locks out strangers only: a browser that has logged in before still logs in', async () => {
  const victim = await make.user()
  const known = await signIn(portal, victim)
  await known.post('/logout', {}, { from: '/services' })
  await failToLogIn(victim, 8)
  await signIn(portal, victim, known)
  assert.ok(await isSignedIn(known))
})

test('a known browser has a counter of its own, which locks too', async () => {
  const user = await make.user()
  const known = await signIn(portal, user)
  for (let tries = 0; tries < 5; tries++) await enterPassword(portal, user, { browser: known, typed: wrong })
  assert.match((await enterPassword(portal, user, { browser: known })).answer.body, locked)
  assert.equal((await enterPassword(portal, user)).answer.location, '/login/second-step')
})

test('a browser known for one user is a stranger to another', async () => {
  const [anna, bob] = [await make.user(), await make.user()]
  const annas = await signIn(portal, anna)
  await failToLogIn(bob, 5)
  assert.match((await enterPassword(portal, bob, { browser: annas })).answer.body, locked)
})

const spellings: Record<string, (mail: string) => string> = {
  'in capitals': (mail) => mail.toUpperCase(),
  'in full width': (mail) => mail.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0)),
  'between spaces of any kind': (mail) => `\u3000 ${mail}\u00a0`,
  'with a capital I that has a dot': (mail) => mail.replaceAll('i', '\u0130'),
  'with the sign for Kelvin': (mail) => mail.replaceAll('k', '\u212a'),
}

for (const [how, spell] of Object.entries(spellings)) {
  test(`a login ID written ${how} is counted as the same`, async () => {
    const user = await userWithMail(`kiki.${randomUUID()}@example.com`)
    const reached = await enterPassword(portal, { mail: spell(user.mail) })
    // Some spellings may reach nobody; what reaches somebody must count for them.
    const isUser = reached.answer.status === 303
    for (let tries = 0; tries < 5; tries++)
      await enterPassword(portal, { mail: spell(user.mail) }, { typed: `${wrong} ${tries}` })
    const plainly = await enterPassword(portal, user)
    assert.equal(locked.test(plainly.answer.body), isUser)
  })
}

test('whatever a stranger says about the address, the failures are counted together and the true peer is recorded', async () => {
  const user = await make.user()
  const names = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'cf-connecting-ip', 'true-client-ip', 'x-client-ip']
  for (const [index, name] of names.entries()) {
    const browser = portal.browser({ ip: '203.0.113.9' })
    const page = await browser.get('/login')
    const token = /name="token" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
    const claimed = name === 'forwarded' ? `for=10.0.0.${index}` : `10.0.0.${index}`
    await browser.send('/login', { token, username: user.mail, password: wrong }, { [name]: claimed })
  }
  assert.match((await enterPassword(portal, user)).answer.body, locked)
  const rows = await database.operator.transaction((tx) =>
    tx.selectFrom('access_history').where('user_id', '=', user.id).select('ip').distinct().orderBy('ip').execute(),
  )
  assert.deepEqual(
    rows.map(({ ip }) => ip),
    ['192.0.2.1', '203.0.113.9'],
  )
})

test('at most twenty codes of an account are judged in any hour, over all its browsers', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  const browsers: TestBrowser[] = []
  // Five known browsers, each with a failure counter of its own.
  for (let made = 0; made < 5; made++) {
    const { browser } = await enterPassword(portal, user)
    await enterCode(browser, totpNow(portal))
    browsers.push(browser)
    portal.advance(30 * seconds)
  }
  for (const browser of browsers) {
    await enterPassword(portal, user, { browser })
    for (let tries = 0; tries < 4; tries++) await enterCode(browser, otherThan(totpNow(portal)))
  }
  const judged = (await historyOf(database, user)).filter((line) => ['sign-in', 'failed wrong-code'].includes(line))
  assert.equal(judged.length, 20)
  const [first] = browsers
  assert.ok(first)
  const stranger = portal.browser()
  copyCookies(first, stranger, ['sign-in'])
  assert.match(await codeLeadsTo(stranger, totpNow(portal)), /コードの回数を超えました/)
  portal.advance(1 * hours)
  await enterPassword(portal, user, { browser: stranger })
  await enterCode(stranger, totpNow(portal))
  assert.ok(await isSignedIn(stranger))
})

test('forgetting old traces does not lift a lock', async () => {
  const user = await make.user()
  await failToLogIn(user, 5)
  await database.operator.transaction((tx) => forgetOldTraces(tx, portal.program.now()))
  assert.match((await enterPassword(portal, user)).answer.body, locked)
})

async function userWithMail(mail: string): Promise<MadeUser> {
  const user = await make.user()
  await database.operator.transaction((tx) =>
    tx.updateTable('portal_user').set({ mail }).where('id', '=', user.id).execute(),
  )
  return { ...user, mail }
}

/** Each try from a browser without any cookie. */
async function failToLogIn(user: Pick<MadeUser, 'mail'>, times: number): Promise<void> {
  for (let tries = 0; tries < times; tries++) await enterPassword(portal, user, { typed: wrong })
}

const codeLeadsTo = async (browser: TestBrowser, code: string): Promise<string> =>
  wordsAfter(browser, await enterCode(browser, code))

async function beginLogin(user: MadeUser): Promise<{ browser: TestBrowser; code: string }> {
  const { browser, answer } = await enterPassword(portal, user)
  assert.equal(answer.location, '/login/second-step')
  return { browser, code: await portal.newestCode(user.mail) }
}
