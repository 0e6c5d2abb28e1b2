import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { cookieOf, copyCookies, formOf, historyOf, isSignedIn, sessionIdOf } from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

test('after the logout the cookie opens nothing any more, in no process', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const stolen = copyCookies(browser, portal.browser())
  const second = await testPortal(database)
  const elsewhere = copyCookies(browser, second.browser())
  const answer = await browser.post('/logout', {}, { from: '/services' })
  assert.equal(answer.location, '/')
  assert.equal(cookieOf(browser, 'session'), undefined)
  for (const one of [stolen, elsewhere]) assert.equal(await isSignedIn(one), false)
  assert.deepEqual(await historyOf(database, user), ['sign-in', 'sign-out'])
})

test('logging out here leaves the session of another browser', async () => {
  const user = await make.user()
  const [here, there] = [await signIn(portal, user), await signInLater(user)]
  await here.post('/logout', {}, { from: '/services' })
  assert.ok(await isSignedIn(there))
})

test('one can end one of one’s other sessions, or all of them, but not this one', async () => {
  const user = await make.user()
  const [here, second, third, fourth] = [
    await signIn(portal, user),
    await signInLater(user),
    await signInLater(user),
    await signInLater(user),
  ]
  await end(here, await sessionIdOf(database, second))
  await end(here, await sessionIdOf(database, here))
  assert.deepEqual(await Promise.all([here, second, third, fourth].map(isSignedIn)), [true, false, true, true])
  await here.post('/profile/sessions')
  assert.deepEqual(await Promise.all([here, second, third, fourth].map(isSignedIn)), [true, false, false, false])
  const history = await historyOf(database, user)
  assert.deepEqual(
    history.slice(-3),
    Array.from({ length: 3 }, () => 'sign-out ended-elsewhere'),
  )
})

test('the session of a colleague, of another customer or of nobody cannot be ended, and the answer is the same', async () => {
  const user = await make.user()
  const colleague = await make.user({ customerId: user.customerId })
  const stranger = await make.user()
  const here = await signIn(portal, user)
  const theirs = [await signIn(portal, colleague), await signIn(portal, stranger)]
  const ids = [...(await Promise.all(theirs.map((one) => sessionIdOf(database, one)))), crypto.randomUUID()]
  const answers: string[] = []
  for (const id of ids) {
    const answer = await end(here, id)
    answers.push([answer.status, answer.location, ...answer.headers.getSetCookie()].join())
  }
  assert.equal(new Set(answers).size, 1)
  assert.deepEqual(await Promise.all(theirs.map(isSignedIn)), [true, true])
  for (const owner of [colleague, stranger]) assert.deepEqual(await historyOf(database, owner), ['sign-in'])
})

test('the list of one’s sessions shows no session of anybody else, nor one that is over', async () => {
  const user = await make.user()
  const here = await signIn(portal, user)
  const over = await signInLater(user)
  const theirs = await signIn(portal, await make.user({ customerId: user.customerId }))
  const endedId = await sessionIdOf(database, over)
  await over.post('/logout', {}, { from: '/services' })
  const { body } = await here.get('/profile/sessions')
  assert.ok(!body.includes(await sessionIdOf(database, theirs)))
  assert.ok(!body.includes(endedId))
  assert.match(body, /このブラウザ/)
})

test('whoever logs in with a browser ends the session it had, which is noted where that session was', async () => {
  const [user, other] = [await make.user(), await make.user()]
  const browser = await signIn(portal, user)
  const old = copyCookies(browser, portal.browser())
  await signIn(portal, other, browser)
  assert.ok(await isSignedIn(browser))
  assert.equal(await isSignedIn(old), false)
  assert.deepEqual(await historyOf(database, user), ['sign-in', 'sign-out replaced'])
  assert.deepEqual(await historyOf(database, other), ['sign-in'])
  const { customer_id, user_name } = await database.operator.transaction((tx) =>
    tx
      .selectFrom('access_history')
      .where('user_id', '=', user.id)
      .where('reason', '=', 'replaced')
      .select(['customer_id', 'user_name'])
      .executeTakeFirstOrThrow(),
  )
  assert.deepEqual([customer_id, user_name], [user.customerId, user.name])
})

test('ending all others fifty times at once ends and notes each one once', async () => {
  const user = await make.user()
  const here = await signIn(portal, user)
  const others = [await signInLater(user), await signInLater(user)]
  const fields = await formOf(here, '/profile/sessions')
  await Promise.all(
    Array.from({ length: 50 }, () => copyCookies(here, portal.browser()).send('/profile/sessions', fields)),
  )
  assert.ok(await isSignedIn(here))
  assert.deepEqual(await Promise.all(others.map(isSignedIn)), [false, false])
  const history = await historyOf(database, user)
  assert.equal(history.filter((line) => line === 'sign-out ended-elsewhere').length, 2)
})

function end(browser: TestBrowser, session: string) {
  return formOf(browser, '/profile/sessions/end', '/profile/sessions').then(({ token }) =>
    browser.send('/profile/sessions/end', {
      token: token ?? '',
      session,
    }),
  )
}

/** A second later, so that the mails with the codes have an order. */
async function signInLater(user: MadeUser): Promise<TestBrowser> {
  portal.advance(1000)
  return signIn(portal, user)
}
