import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { liftAddressLimit } from '#features/address-limits/lift.ts'
import { minutes, seconds } from '#platform/time/duration.ts'
import { apply, confirm, inside, limit, outside, postAt, undo } from '#test/address-limits.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal, testSecrets } from '#test/portal.ts'
import { asksForFactor, copyCookies, historyOf } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Answer, hiddenFields, type TestBrowser } from '#test/test-browser.ts'
import { postFilled, somebody } from '#test/user-form.ts'
import { until } from '#test/until.ts'
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
  other: MadeUser
  browser: TestBrowser
}

async function makeWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator', name: '山田' })
  const { customerId } = administrator
  const other = await make.user({ customerId, role: 'portal-administrator', name: '佐藤' })
  return { administrator, other, browser: await signIn(portal, administrator) }
}

/** The same session from elsewhere. */
const from = (browser: TestBrowser, ip: string): TestBrowser => copyCookies(browser, portal.browser({ ip }))
const getsIn = async (browser: TestBrowser): Promise<boolean> => (await browser.get(paths.serviceMenu)).status === 200

const noticesOf = async ({ mail }: MadeUser): Promise<number> =>
  (await portal.mailsTo(mail)).filter(({ subject }) => subject.includes('アクセス制限')).length

test('a change is in force for ten minutes on trial, and then what was before, by itself', async () => {
  const { administrator, browser } = await makeWorld()
  await limit(browser, administrator)
  assert.equal((await apply(browser, `${inside} 本社`)).location, paths.addressLimits)
  const away = from(browser, outside)
  assert(await getsIn(browser))
  assert(!(await getsIn(away)))
  assert.match((await browser.get(paths.profile)).body, /試行中[\s\S]*10:00/)
  portal.advance(9 * minutes + 59 * seconds)
  assert(!(await getsIn(away)))
  assert.match((await browser.get(paths.profile)).body, /0:01/)
  portal.advance(1 * seconds)
  assert(await getsIn(away))
  assert.doesNotMatch((await browser.get(paths.profile)).body, /試行中/)
  const page = await browser.get(paths.addressLimits)
  assert.match(page.body, /制限していません/)
  // Too late: nothing is confirmed.
  await browser.send(paths.confirmAddressTrial, { token: /name="token" value="([^"]+)"/.exec(page.body)?.[1] ?? '' })
  assert(await getsIn(away))
})

test('it falls back although no process of the portal is there at the moment', async () => {
  const { administrator, browser } = await makeWorld()
  await limit(browser, administrator)
  await apply(browser, inside)
  // Another process, which begins after the trial and was told nothing; the first one is asked no more.
  const later = await testPortal(database)
  later.advance(portal.program.now().getTime() - later.program.now().getTime() + 10 * minutes + 1 * seconds)
  assert.equal((await copyCookies(browser, later.browser({ ip: outside })).get(paths.serviceMenu)).status, 200)
  const { rows } = await admin.query<{ is_on: boolean; on_trial: boolean }>(
    'select is_on, trial_is_on as on_trial from address_limit where customer_id = $1',
    [administrator.customerId],
  )
  assert.deepEqual(rows, [{ is_on: false, on_trial: true }], 'nothing had to be written')
})

test('confirmed it stays; undone it is as before; both are told to all administrators and stand in the history', async () => {
  const { administrator, other, browser } = await makeWorld()
  await limit(browser, administrator)
  const before = await noticesOf(other)
  await apply(browser, inside)
  await undo(browser)
  assert(await getsIn(from(browser, outside)))
  await apply(browser, inside)
  await confirm(browser)
  portal.advance(20 * minutes)
  assert(!(await getsIn(from(browser, outside))))
  assert(await getsIn(browser))
  assert.equal((await noticesOf(other)) - before, 4)
  const { rows } = await admin.query<{ action: string }>(
    `select action from change_history where customer_id = $1 and subject_kind = 'customer' order by id`,
    [administrator.customerId],
  )
  assert.deepEqual(
    rows.map(({ action }) => action.replace('address-limit-', '')),
    ['trial-begun', 'confirmed', 'trial-begun', 'reverted', 'trial-begun', 'confirmed'],
  )
  assert.match((await browser.get(paths.changeHistory)).body, /アクセス制限の試行開始/)
})

test('nobody locks oneself out, unless the own address is typed; and then for ten minutes', async () => {
  const { administrator, browser } = await makeWorld()
  await limit(browser, administrator)
  const refused = await apply(browser, '203.0.113.0/24')
  assert.equal(refused.status, 422)
  assert.match(refused.body, /あなた自身が利用できなくなる/)
  for (const typed of ['', outside, '203.0.113.0'])
    assert.equal((await apply(browser, '203.0.113.0/24', { ownAddress: typed })).status, 422)
  assert(await getsIn(browser))
  assert.equal((await apply(browser, '203.0.113.0/24', { ownAddress: inside })).status, 303)
  assert(!(await getsIn(browser)))
  portal.advance(10 * minutes)
  assert(await getsIn(browser))
  // The same where the list stays and one limits oneself.
  const { other } = await makeWorld()
  const theirs = await signIn(portal, other)
  await apply(theirs, '203.0.113.0/24')
  await confirm(theirs)
  const set = `${paths.setLimitedUsers}?to=limited&all=true`
  assert.equal((await postAt(theirs, set)).status, 422)
  assert.equal((await postAt(theirs, set, { ownAddress: inside })).status, 303)
  assert(!(await getsIn(theirs)))
})

test('of two administrators at once one begins a trial; the other may end it, and begins none', async () => {
  for (let round = 0; round < 5; round++) {
    const { other, browser } = await makeWorld()
    const theirs = await signIn(portal, other)
    const forms = await Promise.all([browser, theirs].map((each) => each.get(paths.addressLimits)))
    const send = (each: TestBrowser, at: number): Promise<Answer> => {
      const hidden = hiddenFields(forms[at]?.body ?? '', paths.addressLimits)
      return each.send(paths.addressLimits, { ...hidden, isOn: 'on', list: `192.0.2.${at + 1}`, task: 'apply' })
    }
    const answers = await Promise.all([send(browser, 0), send(theirs, 1)])
    assert.deepEqual(answers.map(({ status }) => String(status)).toSorted(), ['303', '422'])
    const loser = answers[0].status === 422 ? browser : theirs
    assert.match((await loser.get(paths.addressLimits)).body, /試行中/)
    assert.equal((await postAt(loser, `${paths.setLimitedUsers}?to=limited&all=true`)).status, 422)
    await undo(loser)
    assert.equal((await apply(loser, inside)).status, 303)
  }
})

test('what was made from older rules is not applied over newer ones', async () => {
  const { browser } = await makeWorld()
  const opened = hiddenFields((await browser.get(paths.addressLimits)).body, paths.addressLimits)
  await apply(browser, inside)
  await confirm(browser)
  const { status, body } = await apply(browser, '192.0.2.0/24', opened)
  assert.equal(status, 422)
  assert.match(body, /ご自身（別の画面）が.*に変更しました（アクセス制限の確定）/)
})

test('nor over newer networks, where the switch stands as it stood', async () => {
  const { browser } = await makeWorld()
  await apply(browser, inside)
  await confirm(browser)
  const opened = hiddenFields((await browser.get(paths.addressLimits)).body, paths.addressLimits)
  await apply(browser, `${inside}\n198.51.100.0/24`)
  await confirm(browser)
  const stale = await apply(browser, `${inside}\n192.0.2.0/24`, opened)
  assert.equal(stale.status, 422)
  assert.match(stale.body, /に変更しました（アクセス制限の確定）/)
  assert.match(stale.body, /198\.51\.100\.0\/24/)
  // Who has seen it may go on.
  assert.equal((await apply(browser, `${inside}\n192.0.2.0/24`)).status, 303)
})

test('the second factor is asked for, and general users have none of it', async () => {
  const { administrator, browser } = await makeWorld()
  portal.advance(11 * minutes)
  assert(asksForFactor(await apply(browser, inside)))
  assert(asksForFactor(await postAt(browser, `${paths.setLimitedUsers}?to=limited&all=true`)))
  const general = await signIn(portal, await make.user({ customerId: administrator.customerId }))
  for (const path of [paths.addressLimits, paths.limitedUsers, `${paths.setLimitedUsers}?to=limited&all=true`])
    assert.equal((await general.get(path)).status, 403, path)
})

test('new users are limited when the customer says so, however they are added', async () => {
  const { administrator, browser } = await makeWorld()
  await browser.post(paths.newUsersLimit, { newUsers: 'limited' }, { from: paths.limitedUsers })
  const page = await browser.get(paths.limitedUsers)
  assert.match(page.body, /全2名のうち0名/)
  await postFilled(browser, paths.addUser, { ...somebody, mail: 'new-one@example.com' })
  const { rows } = await admin.query<{ is_limited: boolean }>(
    `select is_limited from portal_user where customer_id = $1 and mail = 'new-one@example.com'`,
    [administrator.customerId],
  )
  assert.deepEqual(rows, [{ is_limited: true }])
})

test('a session that is refused goes on where it is allowed, and the history has it now and then', async () => {
  const { administrator, browser } = await makeWorld()
  await limit(browser, administrator)
  await apply(browser, inside)
  await confirm(browser)
  const away = from(browser, outside)
  for (let i = 0; i < 3; i++) {
    const { status, body } = await away.get(paths.profile)
    assert.equal(status, 403)
    assert.match(body, /このIPアドレスからは利用できません[\s\S]*198\.51\.100\.9[\s\S]*E-[A-Z0-9_-]{8}/)
    assert(!body.includes('山田'))
  }
  const refusals = async (): Promise<number> =>
    (await historyOf(database, administrator)).filter((line) => line === 'failed address-refused').length
  await until(async () => (await refusals()) === 1)
  portal.advance(11 * minutes)
  await away.get(paths.profile)
  await until(async () => (await refusals()) === 2)
  assert(await getsIn(browser))
})

test('the operator lifts it, the trial too, and all administrators are told', async () => {
  const { administrator, other, browser } = await makeWorld()
  await limit(browser, administrator)
  await apply(browser, '203.0.113.0/24', { ownAddress: inside })
  await database.operator.transaction((tx) =>
    liftAddressLimit(
      { tx, now: portal.program.now(), secrets: testSecrets },
      { id: administrator.customerId, name: '' },
    ),
  )
  assert(await getsIn(browser))
  assert.match((await browser.get(paths.addressLimits)).body, /制限していません/)
  assert.match((await portal.mailsTo(other.mail)).at(-1)?.text ?? '', /通信事業者により解除されました/)
  const lift = (): Promise<boolean> =>
    database.operator.transaction((tx) =>
      liftAddressLimit(
        { tx, now: portal.program.now(), secrets: testSecrets },
        { id: administrator.customerId, name: '' },
      ),
    )
  assert.equal(await lift(), false)
})
