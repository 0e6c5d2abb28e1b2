import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, password, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import {
  asksForFactor,
  asSignedIn,
  cookieOf,
  copyCookies,
  enterCode,
  enterPassword,
  formOf,
  historyOf,
  isSignedIn,
} from '#test/sign-in.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const page = '/profile/password'
const fresh = 'another long passphrase'

test('after a change the new password logs in and the old one does not', async () => {
  const user = await make.user()
  const changed = await change(await signIn(portal, user))
  assert.equal(changed.location, '/profile')
  assert.equal((await enterPassword(portal, user)).answer.status, 422)
  assert.equal((await enterPassword(portal, user, { typed: fresh })).answer.status, 303)
})

test('a change ends every other session at once, seen by another process too, and gives this browser a new one', async () => {
  const user = await make.user()
  const here = await signIn(portal, user)
  portal.advance(1000)
  const there = await signIn(portal, user)
  const old = copyCookies(here, portal.browser())
  const second = await testPortal(database)
  const elsewhere = [copyCookies(there, second.browser()), copyCookies(here, second.browser())]
  assert.deepEqual(await Promise.all(elsewhere.map(isSignedIn)), [true, true])
  await change(here)
  assert.notEqual(cookieOf(here, 'session'), cookieOf(old, 'session'))
  assert.deepEqual(await Promise.all([...elsewhere, there, old].map(isSignedIn)), [false, false, false, false])
  assert.ok(await isSignedIn(here))
  assert.ok(await isSignedIn(copyCookies(here, second.browser())))
})

test('a change notes each session it ends in the access history, and no other', async () => {
  const user = await make.user()
  const here = await signIn(portal, user)
  for (let others = 0; others < 2; others++) await signInLater(user)
  const stranger = await make.user({ customerId: user.customerId })
  await signIn(portal, stranger)
  await change(here)
  assert.deepEqual(await historyOf(database, user), [
    ...Array.from({ length: 3 }, () => 'sign-in'),
    ...Array.from({ length: 2 }, () => 'sign-out password-changed'),
  ])
  assert.deepEqual(await historyOf(database, stranger), ['sign-in'])
})

test('a change shows no second factor and gives the session no more time', async () => {
  const user = await make.user()
  const here = await signIn(portal, user)
  const earlier = await asSignedIn(portal, here, async ({ actor }) => actor)
  portal.advance(11 * minutes)
  assert.equal((await change(here)).location, '/profile')
  const later = await asSignedIn(portal, here, async ({ actor }) => actor)
  assert.deepEqual([later.confirmedAt, later.endsAt], [earlier.confirmedAt, earlier.endsAt])
  assert(asksForFactor(await here.post('/profile/recovery-codes')))
})

test('a change ends the logins that wait for their second step', async () => {
  const user = await make.user()
  const here = await signIn(portal, user)
  const { browser: waiting } = await enterPassword(portal, user)
  const code = await portal.newestCode(user.mail)
  await change(here)
  await enterCode(waiting, code)
  assert.equal(await isSignedIn(waiting), false)
})

test('a change is mailed to the user and stands in the change history, without the password', async () => {
  const user = await make.user()
  await change(await signIn(portal, user))
  const mail = (await portal.mailsTo(user.mail)).at(-1)
  assert.equal(mail?.subject, 'ビジネスポータル 第1パスワード変更のお知らせ')
  assert.ok(!mail.text.includes(fresh))
  const rows = await database.operator.transaction((tx) =>
    tx.selectFrom('change_history').where('actor_id', '=', user.id).selectAll().execute(),
  )
  assert.deepEqual(
    rows.map(({ action }) => action),
    ['password-changed'],
  )
  assert.ok(!JSON.stringify(rows).includes(fresh))
})

const refusals: { why: string; fields: Record<string, string>; says: RegExp }[] = [
  {
    why: 'a wrong present password',
    fields: { password: 'a wrong password' },
    says: /現在の第1パスワードが正しくありません/,
  },
  { why: 'a short new password', fields: { newPassword: 'short' }, says: /10文字以上で入力してください/ },
  { why: 'a common new password', fields: { newPassword: 'qwertyuiop' }, says: /広く使われているため/ },
  { why: 'no new password', fields: { newPassword: '' }, says: /入力されていません/ },
]
for (const { why, fields, says } of refusals)
  test(`${why} changes nothing, ends nothing and is not shown again`, async () => {
    const user = await make.user()
    const [here, there] = [await signIn(portal, user), await signInLater(user)]
    const answer = await change(here, fields)
    assert.equal(answer.status, 422)
    assert.match(answer.body, says)
    for (const typed of Object.values(fields).filter(Boolean)) assert.ok(!answer.body.includes(typed))
    assert.deepEqual([await isSignedIn(here), await isSignedIn(there)], [true, true])
    assert.equal((await enterPassword(portal, user)).answer.status, 303)
  })

test('the user’s own mail address is no password', async () => {
  const user = await make.user()
  const answer = await change(await signIn(portal, user), { newPassword: user.mail })
  assert.match(answer.body, /メールアドレスや名前に近いパスワード/)
})

test('with a stolen session at most five present passwords can be guessed, and then the right one is refused too', async () => {
  const user = await make.user()
  const stolen = await signIn(portal, user)
  for (let tries = 0; tries < 5; tries++) await change(stolen, { password: `guess ${tries}` })
  const right = await change(stolen)
  assert.equal(right.status, 422)
  assert.equal((await enterPassword(portal, user, { typed: fresh })).answer.status, 422)
  assert.ok((await historyOf(database, user)).includes('locked'))
})

test('of twenty changes sent at once one is made', async () => {
  const user = await make.user()
  const here = await signIn(portal, user)
  const fields = await formOf(here, page)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      copyCookies(here, portal.browser()).send(page, { ...fields, password, newPassword: `${fresh} ${index}` }),
    ),
  )
  assert.equal(answers.filter(({ location }) => location === '/profile').length, 1)
})

function change(browser: TestBrowser, fields: Record<string, string> = {}): Promise<Answer> {
  return browser.post(page, { password, newPassword: fresh, ...fields })
}

async function signInLater(user: MadeUser): Promise<TestBrowser> {
  portal.advance(1000)
  return signIn(portal, user)
}
