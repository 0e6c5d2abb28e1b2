import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { sql } from 'kysely'
import { hours, minutes, seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { countSessions, historyOf, isSignedIn, sessionIdOf } from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { until } from '#test/until.ts'
import { endSessionsOver } from './end-over.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

test('a session that is not used for an hour is over, a second before it is not', async () => {
  const used = await signIn(portal, await make.user())
  const unused = await signIn(portal, await make.user())
  portal.advance(60 * minutes - 1 * seconds)
  await useSession(used)
  portal.advance(1 * seconds)
  const late = await unused.get('/profile')
  assert.equal(late.location, '/login?return=%2Fprofile&over=time')
  assert.match((await unused.get(late.location)).body, /操作がない状態が続いたため、ログアウトしました/)
  assert.ok(await isSignedIn(used))
})

test('a session once over does not begin again', async () => {
  const browser = await signIn(portal, await make.user())
  portal.advance(60 * minutes)
  assert.equal(await isSignedIn(browser), false)
  assert.equal(await isSignedIn(browser), false)
  const extended = await browser.send('/session/extend', {})
  assert.match(extended.location, /^\/login\?/)
  assert.equal(await isSignedIn(browser), false)
})

test('however busy it is, no session lives longer than twelve hours', async () => {
  const browser = await signIn(portal, await make.user())
  for (let half = 1; half < 24; half++) {
    portal.advance(30 * minutes)
    await useSession(browser)
  }
  portal.advance(30 * minutes - 1 * seconds)
  assert.ok(await isSignedIn(browser))
  portal.advance(1 * seconds)
  assert.equal(await isSignedIn(browser), false)
})

test('the time of the customer counts, and that of the user if it is shorter', async () => {
  const user = await make.user()
  const other = await make.user({ customerId: user.customerId })
  await database.operator.transaction(async (tx) => {
    await tx.updateTable('customer').set({ idle_minutes: 120 }).where('id', '=', user.customerId).execute()
    await tx.updateTable('portal_user').set({ idle_minutes: 30 }).where('id', '=', user.id).execute()
    await tx.updateTable('portal_user').set({ idle_minutes: 720 }).where('id', '=', other.id).execute()
  })
  const [browser, others] = [await signIn(portal, user), await signIn(portal, other)]
  portal.advance(30 * minutes)
  assert.equal(await isSignedIn(browser), false)
  assert.ok(await isSignedIn(others))
  portal.advance(120 * minutes)
  assert.equal(await isSignedIn(others), false)
})

test('a session can be prolonged, and looking how long it lasts does not prolong it', async () => {
  const browser = await signIn(portal, await make.user())
  const start = portal.program.now().getTime()
  portal.advance(50 * minutes)
  assert.equal(await endsAt(browser), start + 60 * minutes)
  assert.equal(await endsAt(browser), start + 60 * minutes)
  const page = await browser.request('/profile', { headers: {} })
  assert.equal(page.status, 200)
  await browser.post('/session/extend', {}, { from: '/profile' })
  assert.equal(await endsAt(browser), start + 110 * minutes)
})

test('the last half hour of twelve hours cannot be prolonged', async () => {
  const browser = await signIn(portal, await make.user())
  const start = portal.program.now().getTime()
  for (let step = 0; step < 23; step++) {
    portal.advance(30 * minutes)
    await useSession(browser)
  }
  await browser.post('/session/extend', {}, { from: '/profile' })
  assert.equal(await endsAt(browser), start + 12 * hours)
})

test('a session whose customer’s rules were changed is over', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  await database.operator.transaction((tx) =>
    tx.updateTable('customer').set({ policy_epoch: 2 }).where('id', '=', user.customerId).execute(),
  )
  assert.equal(await isSignedIn(browser), false)
})

test('the job notes once, and at its true moment, that a session has timed out', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const start = portal.program.now().getTime()
  portal.advance(60 * minutes - 1 * seconds)
  await endIdle()
  assert.deepEqual(await historyOf(database, user), ['sign-in'])
  portal.advance(10 * minutes)
  assert.equal(await endIdleMeanwhile(), 0)
  assert.equal(await endIdle(), 0)
  assert.deepEqual(await historyOf(database, user), ['sign-in', 'timed-out'])
  assert.equal((await timedOutAt(user)).getTime(), start + 60 * minutes)
  assert.equal(await countSessions(database, user), 1)
  assert.equal((await browser.get('/profile')).location, '/login?return=%2Fprofile&over=time')
})

test('the job leaves alone what was ended otherwise, and who is still there', async () => {
  const [left, stays] = [await make.user(), await make.user()]
  await (await signIn(portal, left)).post('/logout', {}, { from: '/services' })
  portal.advance(59 * minutes)
  const browser = await signIn(portal, stays)
  portal.advance(30 * minutes)
  await endIdle()
  assert.deepEqual(await historyOf(database, left), ['sign-in', 'sign-out'])
  assert.deepEqual(await historyOf(database, stays), ['sign-in'])
  assert.ok(await isSignedIn(browser))
})

/** Asks for a page, and waits until that is noted: no page waits for it. */
async function useSession(browser: TestBrowser): Promise<void> {
  assert.ok(await isSignedIn(browser))
  const id = await sessionIdOf(database, browser)
  for (let looks = 0; looks < 200; looks++) {
    const { last_used_at } = await database.operator.transaction((tx) =>
      tx.selectFrom('session').where('id', '=', id).select('last_used_at').executeTakeFirstOrThrow(),
    )
    if (last_used_at.getTime() === portal.program.now().getTime()) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('The use was never noted')
}

async function endsAt(browser: TestBrowser): Promise<number> {
  const { body } = await browser.get('/session', { accept: 'application/json' })
  return Number(/"endsAt":(\d+)/.exec(body)?.[1])
}

function endIdle(): Promise<number> {
  return database.operator.transaction((tx) => endSessionsOver(tx, portal.program.now()))
}

/** Runs the job, and once more while the first has not committed; answers what that one ended. */
async function endIdleMeanwhile(): Promise<number> {
  const { second } = await database.operator.transaction(async (tx) => {
    await endSessionsOver(tx, portal.program.now())
    const begun = endIdle()
    const waiting = sql`select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`
    await until(async () => (await waiting.execute(tx)).rows.length > 0)
    return { second: begun }
  })
  return second
}

async function timedOutAt({ id }: MadeUser): Promise<Date> {
  const { at } = await database.operator.transaction((tx) =>
    tx
      .selectFrom('access_history')
      .where('user_id', '=', id)
      .where('event', '=', 'timed-out')
      .select('at')
      .executeTakeFirstOrThrow(),
  )
  return at
}
