import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { hours, minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { enterPassword, historyOf, isSignedIn } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

// An administrator who knows a colleague's password, or has somebody else's session, and lets in whom it suits.

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
  browser: TestBrowser
  member: MadeUser
}

async function openWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator' })
  const member = await make.user({ customerId: administrator.customerId })
  return { administrator, browser: await signIn(portal, administrator), member }
}

async function lock(user: MadeUser): Promise<void> {
  for (let tries = 0; tries < 5; tries++) await enterPassword(portal, user, { typed: 'a wrong password' })
  assert.match((await enterPassword(portal, user)).answer.body, /一時停止しています/)
}

const unlocksOf = async (user: MadeUser): Promise<number> =>
  (await historyOf(database, user)).filter((line) => line === 'unlocked').length

test('a user is unlocked five times a day; after that the lock takes its time, and a day later it begins anew', async () => {
  const { administrator, browser, member } = await openWorld()
  const path = paths.unlockUser({ id: member.id })
  for (let times = 0; times < 5; times++) {
    await lock(member)
    assert.equal((await browser.post(path)).status, 303)
  }
  await lock(member)
  const refused = await browser.post(path)
  assert.equal(refused.status, 422)
  assert.match(refused.body, /24時間に解除できる回数を超えました/)
  assert.match((await enterPassword(portal, member)).answer.body, /一時停止しています/)
  assert.equal(await unlocksOf(member), 5)
  const noted = `select from change_history where subject_id = $1 and action = 'user-unlocked'`
  assert.equal((await admin.query(noted, [member.id])).rowCount, 5)

  portal.advance(31 * minutes)
  assert.ok(await isSignedIn(await signIn(portal, member)))
  portal.advance(24 * hours)
  await lock(member)
  const again = await signIn(portal, administrator)
  assert.equal((await again.post(path)).status, 303)
})

test('of twenty requests to unlock a user at once, one does so', async () => {
  const { administrator, browser, member } = await openWorld()
  await lock(member)
  const browsers = [browser, await signIn(portal, administrator), await signIn(portal, administrator)]
  const path = paths.unlockUser({ id: member.id })
  await Promise.all(Array.from({ length: 20 }, (_, index) => (browsers[index % 3] ?? browser).post(path)))
  assert.equal(await unlocksOf(member), 1)
})

test('a suspended user is let in again only after the second factor was shown once more', async () => {
  const { administrator, browser, member } = await openWorld()
  await browser.post(paths.suspendUser({ id: member.id }))
  portal.advance(11 * minutes)
  const path = paths.resumeUser({ id: member.id })
  const { location } = await browser.post(path)
  assert.equal((await enterPassword(portal, member)).answer.status, 422)
  const code = await portal.newestCode(administrator.mail)
  assert.equal((await browser.post(location, { code })).location, paths.user({ id: member.id }))
  assert.ok(await isSignedIn(await signIn(portal, member)))
})
