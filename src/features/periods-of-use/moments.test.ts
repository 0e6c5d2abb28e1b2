import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { answerRequests, askForUrl, identify, sendNotice } from '#test/first-login.ts'
import { sendDueNotices } from '#features/first-login/send-due-notices.ts'
import { endSessionsOver } from '#features/sessions/end-over.ts'
import { shutOut } from '#features/users/shut-out.ts'
import { paths } from '#sites/portal/paths.ts'
import { seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, password, signIn } from '#test/make.ts'
import { type TestPortal, testPortal, testSecrets } from '#test/portal.ts'
import { copyCookies, enterCode, enterPassword, historyOf, isSignedIn } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'

// Just before and just after a day begins or ends for the customer: whatever needs a user who may use the portal.

const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
afterAll(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const zones = ['Asia/Tokyo', 'America/New_York'] as const

/** The first moment of the day after the one that it is in the zone, some days on. */
async function midnight(portal: TestPortal, zone: string): Promise<{ day: string; next: string; at: Date }> {
  const { rows } = await admin.query<{ day: string; next: string; at: Date }>(
    `select d::text as day, (d + 1)::text as next, (d + 1)::timestamp at time zone $2 as at
      from (select (($1::timestamptz at time zone $2)::date + 2) as d) x`,
    [portal.program.now(), zone],
  )
  return rows[0] ?? assert.fail()
}

const moveTo = (portal: TestPortal, at: Date, by = 0): void =>
  portal.advance(at.getTime() - portal.program.now().getTime() + by)

async function makeUser(zone: string, values: Parameters<typeof make.user>[0] = {}): Promise<MadeUser> {
  const user = await make.user(values)
  await admin.query('update customer set time_zone = $2 where id = $1', [user.customerId, zone])
  return user
}

async function setPeriod({ id }: MadeUser, beginsOn: string | null, endsOn: string | null): Promise<void> {
  await admin.query('update portal_user set begins_on = $2, ends_on = $3 where id = $1', [id, beginsOn, endsOn])
}

async function canLogIn(portal: TestPortal, user: MadeUser): Promise<boolean> {
  // It takes a second to type it.
  portal.advance(-1 * seconds)
  const { answer } = await enterPassword(portal, user)
  return answer.status === 303
}

for (const zone of zones) {
  test(`the login is refused to the end of the day before and from the end of the last day on, in ${zone}`, async () => {
    const portal = await testPortal(database)
    const user = await makeUser(zone)
    const { next, at } = await midnight(portal, zone)
    await setPeriod(user, next, next)
    moveTo(portal, at, -1)
    assert(!(await canLogIn(portal, user)))
    moveTo(portal, at)
    assert(await canLogIn(portal, user))
    const last = new Date(at.getTime() + 24 * 3_600_000)
    moveTo(portal, last, -1)
    assert(await canLogIn(portal, user))
    moveTo(portal, last)
    assert(!(await canLogIn(portal, user)))
  })

  test(`a session ends at the moment, in every process, and does not come back, in ${zone}`, async () => {
    const portal = await testPortal(database)
    const other = await testPortal(database)
    const user = await makeUser(zone)
    const { day, next, at } = await midnight(portal, zone)
    await setPeriod(user, null, day)
    moveTo(portal, at, -60_000)
    moveTo(other, at, -60_000)
    const browser = await signIn(portal, user)
    const there = copyCookies(browser, other.browser())
    assert(await isSignedIn(browser))
    assert(await isSignedIn(there))
    moveTo(portal, at, -1)
    moveTo(other, at, -1)
    assert(await isSignedIn(browser))
    moveTo(portal, at)
    moveTo(other, at)
    assert(!(await isSignedIn(there)))
    assert(!(await isSignedIn(browser)))
    // A longer period lets log in anew, and nothing else.
    await database.operator.transaction(async (tx) => {
      const by = { tx, now: portal.program.now(), actor: { customer: { id: user.customerId } } }
      await shutOut(by, [user.id])
      await setPeriod(user, null, null)
      await shutOut(by, [user.id])
    })
    assert(!(await isSignedIn(browser)))
    assert(!(await isSignedIn(there)))
    assert.match(next, /^\d{4}-/)
    assert.deepEqual((await historyOf(database, user)).slice(-1), ['sign-out period-over'])
    assert(await canLogIn(portal, user))
  })
}

test('the worker notes the end of a session at the moment at which it was', async () => {
  const portal = await testPortal(database)
  const user = await makeUser('Asia/Tokyo')
  const { day, at } = await midnight(portal, 'Asia/Tokyo')
  await setPeriod(user, null, day)
  moveTo(portal, at, -120_000)
  await signIn(portal, user)
  moveTo(portal, at, 45_000)
  await database.operator.transaction((tx) => endSessionsOver(tx, portal.program.now()))
  const { rows } = await admin.query<{ ended_at: Date; end_reason: string }>(
    'select ended_at, end_reason from session where user_id = $1',
    [user.id],
  )
  assert.deepEqual(rows, [{ ended_at: at, end_reason: 'period-over' }])
})

test('a login that was begun in time is not finished too late, and no code is sent any longer', async () => {
  const portal = await testPortal(database)
  const user = await makeUser('Asia/Tokyo')
  const { day, at } = await midnight(portal, 'Asia/Tokyo')
  await setPeriod(user, null, day)
  moveTo(portal, at, -30_000)
  const { browser } = await enterPassword(portal, user)
  const code = await portal.newestCode(user.mail)
  moveTo(portal, at)
  const { location } = await enterCode(browser, code)
  assert.notEqual(location, paths.serviceMenu)
  assert(!(await isSignedIn(browser)))
  await browser.post(paths.resendCode, {}, { from: paths.signIn })
  assert.equal((await portal.mailsTo(user.mail)).length, 1)
})

test('outside of the period the right password is answered as a wrong one, and the history has what it was', async () => {
  const portal = await testPortal(database)
  const user = await makeUser('Asia/Tokyo')
  await setPeriod(user, '2099-01-01', null)
  const [right, wrong] = await Promise.all(
    [password, 'a wrong password'].map(async (typed) => (await enterPassword(portal, user, { typed })).answer),
  )
  assert.equal(right?.status, wrong?.status)
  const words = (body = ''): string => body.replaceAll(/value="[^"]*"|again=[\w-]+/g, '')
  assert.equal(words(right?.body), words(wrong?.body))
  assert.deepEqual((await historyOf(database, user)).toSorted(), ['failed not-active', 'failed wrong-password'])
})

test('a URL to set a password is not good outside of the period, none is sent again, and no step can be taken', async () => {
  const portal = await testPortal(database)
  const user = await makeUser('Asia/Tokyo', { state: 'awaiting-registration' })
  const { day, at } = await midnight(portal, 'Asia/Tokyo')
  await setPeriod(user, null, day)
  const url = await sendNotice(database, portal, user)
  moveTo(portal, at, -60_000)
  const begun = portal.browser()
  assert.equal((await identify(begun, url, user)).location, '/first-login/password')
  moveTo(portal, at)
  assert.notEqual((await begun.get('/first-login/password')).status, 200)
  assert.doesNotMatch((await portal.browser().get(url)).location ?? '', /identity/)
  const mails = (await portal.mailsTo(user.mail)).length
  await askForUrl(database, portal, { mail: user.mail })
  await answerRequests(database, portal)
  assert.equal((await portal.mailsTo(user.mail)).length, mails)
})

test('the opening notice waits for the first day, and goes out when it begins', async () => {
  const portal = await testPortal(database)
  const user = await makeUser('America/New_York', { state: 'awaiting-registration' })
  const { next, at } = await midnight(portal, 'America/New_York')
  await setPeriod(user, next, null)
  await assert.rejects(sendNotice(database, portal, user), /held/)
  const run = (): Promise<number> =>
    database.operator.transaction((tx) =>
      sendDueNotices({
        tx,
        now: portal.program.now(),
        secrets: testSecrets,
        portalUrl: portal.program.config.portalUrl,
      }),
    )
  moveTo(portal, at, -1)
  await run()
  assert.deepEqual(await portal.mailsTo(user.mail), [])
  moveTo(portal, at)
  assert.equal(await run(), 1)
  assert.equal((await portal.mailsTo(user.mail)).length, 1)
  assert.equal(await run(), 0)
})
