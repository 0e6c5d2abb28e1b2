import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { minutes } from '#platform/duration.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, password, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

test('a user with both steps done sees the service menu', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const menu = await browser.get('/services')
  assert.equal(menu.status, 200)
  assert.match(menu.body, /サービスメニュー/)
})

test('the password alone opens nothing', async () => {
  const user = await make.user()
  const browser = portal.browser()
  await browser.post('/login', { username: user.mail, password })
  const menu = await browser.get('/services')
  assert.equal(menu.status, 303)
  assert.match(menu.location, /^\/login\?/)
})

test('five failures lock the login ID for strangers, and the right password too', async () => {
  const user = await make.user()
  const browser = portal.browser()
  for (let i = 0; i < 5; i++) await browser.post('/login', { username: user.mail, password: 'wrong password' })
  const right = await browser.post('/login', { username: user.mail, password })
  assert.equal(right.status, 422)
  assert.match(right.body, /一時停止/)
  portal.advance(31 * minutes)
  const later = await browser.post('/login', { username: user.mail, password })
  assert.equal(later.status, 303)
})
