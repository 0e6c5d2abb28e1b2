import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { enterPassword } from '#test/sign-in.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

test('the page of a locked user says until when, why, how often and when last; the list leads to the unlocking', async () => {
  const administrator = await make.user({ role: 'portal-administrator' })
  const { customerId } = administrator
  const user = await make.user({ customerId, name: '佐藤 花子' })
  const path = paths.user({ id: user.id })
  // What failed before a login counts no longer.
  await enterPassword(portal, user, { typed: 'wrong password 0' })
  portal.advance(1 * minutes)
  await signIn(portal, user)
  portal.advance(1 * minutes)
  const browser = await signIn(portal, administrator)
  assert.doesNotMatch((await browser.get(path)).body, /ログインできません/)
  for (let i = 1; i <= 6; i++) {
    portal.advance(1 * minutes)
    await enterPassword(portal, user, { typed: `wrong password ${i}` })
  }
  const { body } = await browser.get(path)
  assert.match(body, /\d+:\d\dまで、ログインできません/)
  assert.match(body, /前回のログイン以降の失敗：パスワードの誤り 4回、ロック中 2回。最後の失敗：/)
  const unlock = paths.unlockUser({ id: user.id })
  const list = (await browser.get(`${paths.users}?state=locked`)).body
  assert.match(list, new RegExp(`href="${unlock}" aria-label="佐藤 花子さんのロックを解除する"`))
  await browser.post(unlock)
  assert.doesNotMatch((await browser.get(path)).body, /ログインできません/)
})

test('whoever is signed in is led on from the landing page and from every page of the login', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const led = async (path: string): Promise<string> => (await browser.get(path)).location
  for (const path of [paths.landing, paths.signIn, paths.secondStep, paths.recoveryCode, paths.firstLogin])
    assert.equal(await led(path), paths.serviceMenu, path)
  assert.equal(await led(`${paths.signIn}?return=${encodeURIComponent(paths.profile)}`), paths.profile)
  assert.equal(
    await led(`${paths.signIn}?return=${encodeURIComponent('https://elsewhere.example')}`),
    paths.serviceMenu,
  )
  // The other tab, which waited at the second step while this one logged in.
  assert.equal((await portal.browser().get(paths.secondStep)).location, paths.signIn)
})

test('what only administrators may open says so to a general user', async () => {
  const browser = await signIn(portal, await make.user())
  const { status, body } = await browser.get(paths.users)
  assert.equal(status, 403)
  assert.match(body, /ポータル管理者の方だけがご覧になれます。あなたは一般ユーザーとしてログインしています/)
})
