import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { minutes, seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { asksForFactor, copyCookies } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'
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
  theirs: TestBrowser
}

async function makeWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator' })
  const user = await make.user({ customerId: administrator.customerId, name: '佐藤' })
  return { administrator, user, browser: await signIn(portal, administrator), theirs: await signIn(portal, user) }
}

/** Looks without being taken for a use: a copy of the clock, not of the session. */
const isIn = async (browser: TestBrowser): Promise<boolean> => (await browser.get('/session')).status === 200
const set = (browser: TestBrowser, values: Record<string, string>): Promise<Answer> =>
  browser.post(paths.idleTimes, { minutes: '60', mayShorten: 'may', ...values })
const setUsers = (browser: TestBrowser, time: string, ...users: MadeUser[]): Promise<Answer> =>
  browser.post(paths.userIdleTimes, { user: users[0]?.id ?? '', minutes: time })
const ownTime = async ({ id }: MadeUser): Promise<number | null> => {
  const { rows } = await admin.query<{ idle_minutes: number | null }>(
    'select idle_minutes from portal_user where id = $1',
    [id],
  )
  return rows[0]?.idle_minutes ?? null
}
const footer = async (browser: TestBrowser): Promise<string> =>
  /操作がない状態が(\d+)分続くとログアウトします/.exec((await browser.get(paths.profile)).body)?.[1] ?? ''

test('a shortened time bites open sessions at their next request, in every process, and pages say what is in force', async () => {
  const { administrator, browser, theirs } = await makeWorld()
  assert.equal(await footer(theirs), '60')
  portal.advance(16 * minutes)
  const other = await testPortal(database)
  other.advance(portal.program.now().getTime() - other.program.now().getTime())
  assert(await isIn(copyCookies(theirs, other.browser())))
  await signIn(portal, administrator, browser)
  assert.equal((await set(browser, { minutes: '15' })).location, paths.idleTimes)
  assert(!(await isIn(theirs)))
  assert(!(await isIn(copyCookies(theirs, other.browser()))))
})

test('lengthened, a session lasts as long as the new time says, and the warning with it', async () => {
  const { browser, theirs } = await makeWorld()
  await set(browser, { minutes: '120' })
  assert.equal(await footer(theirs), '120')
  portal.advance(119 * minutes)
  assert(await isIn(theirs))
  portal.advance(1 * minutes + 1 * seconds)
  assert(!(await isIn(theirs)))
})

test('a session that was over by the time that held does not come back with a longer one, whoever sets it', async () => {
  const longer: ((world: World, again: TestBrowser) => Promise<Answer>)[] = [
    ({ browser }) => set(browser, { minutes: '240', toAll: 'on' }),
    ({ browser, user }) => setUsers(browser, '60', user),
    (_world, again) => again.post(paths.ownIdleTime, { minutes: '60' }),
  ]
  for (const lengthen of longer) {
    const world = await makeWorld()
    const { administrator, browser, theirs, user } = world
    await setUsers(browser, '15', user)
    portal.advance(16 * minutes)
    // Nobody comes while it is over: not even the worker has noted it.
    const again = await signIn(portal, user)
    await signIn(portal, administrator, browser)
    assert((await lengthen(world, again)).status < 400)
    assert(!(await isIn(theirs)))
    assert(await isIn(again))
    const { rows } = await admin.query<{ end_reason: string | null; minutes: number }>(
      `select end_reason, extract(epoch from ended_at - last_used_at)::int / 60 as minutes from session
        where user_id = $1 order by created_at limit 1`,
      [user.id],
    )
    assert.deepEqual(rows, [{ end_reason: 'timed-out', minutes: 15 }])
  }
})

test('the customer’s time is the most: a longer one of a user’s counts no further, and comes back with it', async () => {
  const { browser, theirs, user } = await makeWorld()
  await setUsers(browser, '30', user)
  assert.equal(await footer(theirs), '30')
  assert.equal((await setUsers(browser, '120', user)).status, 422)
  await set(browser, { minutes: '15' })
  assert.equal(await footer(theirs), '15')
  await set(browser, { minutes: '240' })
  assert.equal(await footer(theirs), '30')
  assert.equal(await ownTime(user), 30)
})

test('「同時に全ユーザ…」 takes away what users have of their own; without it they keep it', async () => {
  const { administrator, browser, theirs, user } = await makeWorld()
  await setUsers(browser, '15', user)
  await set(browser, { minutes: '120' })
  assert.equal(await footer(theirs), '15')
  await set(browser, { minutes: '240', toAll: 'on' })
  assert.equal(await footer(theirs), '240')
  assert.equal(await ownTime(user), null)
  const { rows } = await admin.query<{ action: string; after: object }>(
    `select action, after from change_history where customer_id = $1 and action like '%idle-time%' order by id`,
    [administrator.customerId],
  )
  assert.deepEqual(rows.at(-1), {
    action: 'idle-time-changed',
    after: { idleMinutes: 240, mayShorten: true, usersReset: 1 },
  })
})

test('general users shorten their own where they may, up to the customer’s, and not where they may not', async () => {
  const { browser, theirs, user } = await makeWorld()
  const choose = (time: string): Promise<Answer> => theirs.post(paths.ownIdleTime, { minutes: time })
  assert.equal((await choose('30')).location, paths.ownIdleTime)
  assert.equal(await footer(theirs), '30')
  assert.equal((await choose('120')).status, 422)
  const nothing = await choose('')
  assert.equal(nothing.status, 422)
  assert(nothing.body.includes('タイムアウト時間が選択されていません'))
  assert.equal(await ownTime(user), 30)
  const form = await theirs.get(paths.ownIdleTime)
  assert.match(form.body, /全ユーザーの設定に従う（60分）/)
  assert.doesNotMatch(form.body, /<option value="120"/)
  const token = /action="\/profile\/session-timeout"[\s\S]*?name="token" value="([^"]+)"/.exec(form.body)?.[1] ?? ''
  await set(browser, { minutes: '60', mayShorten: 'mayNot' })
  assert.match((await theirs.get(paths.ownIdleTime)).body, /ポータル管理者が設定しています/)
  // A form from before is refused.
  assert.notEqual((await theirs.send(paths.ownIdleTime, { token, minutes: '15' })).location, paths.ownIdleTime)
  assert.equal(await ownTime(user), 30, 'what was chosen before stays: it is shorter')
  // An administrator may in any case.
  assert.equal((await browser.post(paths.ownIdleTime, { minutes: '15' })).location, paths.ownIdleTime)
})

test('a form from older settings changes nothing; the second factor is asked for; users have none of it', async () => {
  const { browser, theirs, user } = await makeWorld()
  await set(browser, { minutes: '30' })
  assert.equal((await set(browser, { minutes: '240', version: '1', loaded: '' })).status, 422)
  assert.equal(await footer(theirs), '30')
  for (const path of [paths.idleTimes, paths.userIdleTimes]) assert.equal((await theirs.get(path)).status, 403)
  const strange = await makeWorld()
  assert.equal((await setUsers(strange.browser, '15', user)).location, paths.userIdleTimes)
  assert.equal(await ownTime(user), null, 'of another customer')
  portal.advance(11 * minutes)
  assert(asksForFactor(await set(browser, { minutes: '240' })))
  assert(asksForFactor(await setUsers(browser, '15', user)))
  assert.equal(await ownTime(user), null)
})
