import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, password, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { cookieName } from '#test/sign-in.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const browserCookie = cookieName('browser')

test('a token that somebody planted is never taken for a known browser', async () => {
  const user = await make.user()
  const victim = portal.browser()
  victim.cookies.set(browserCookie, 'planted')
  await signIn(portal, user, victim)
  assert.notEqual((victim.cookies.get(browserCookie) ?? '').split('.')[0], 'planted')
  const attacker = portal.browser()
  attacker.cookies.set(browserCookie, 'planted')
  for (let i = 0; i < 6; i++) await attacker.post('/login', { username: user.mail, password: 'wrong password' })
  assert.equal((await victim.post('/login', { username: user.mail, password })).status, 303)
})

test('two users of one browser stay known in it, each by a token of their own', async () => {
  const [one, other] = [await make.user(), await make.user()]
  const shared = await signIn(portal, one)
  const copyOfOne = shared.cookies.get(browserCookie) ?? ''
  await shared.post('/logout', {}, { from: '/services' })
  await signIn(portal, other, shared)
  await shared.post('/logout', {}, { from: '/services' })
  const stranger = portal.browser()
  stranger.cookies.set(browserCookie, copyOfOne)
  for (const { mail } of [one, other]) {
    const guesser = mail === other.mail ? stranger : portal.browser()
    for (let i = 0; i < 6; i++) await guesser.post('/login', { username: mail, password: 'wrong password' })
    assert.equal((await shared.post('/login', { username: mail, password })).status, 303)
  }
})

test('no more than twenty codes are mailed for one account in an hour', async () => {
  const user = await make.user()
  const browser = portal.browser()
  for (let i = 0; i < 21; i++) {
    await browser.post('/login', { username: user.mail, password })
    portal.advance(31 * seconds)
  }
  assert.equal((await portal.mailsTo(user.mail)).length, 20)
  assert.match((await browser.get('/login/second-step')).body, /送信していません/)
})
