import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { eraseKeptForms } from '#features/sign-in/confirm.ts'
import { minutes, seconds } from '#platform/time/duration.ts'
import { type AskedAgain, askedAgain, askToAdd, countUsers, newMail, role, sendCode } from '#test/asked-again.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, password, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { cookieOf, copyCookies, formOf, totpNow, wordsAfter } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Answer, hiddenFields } from '#test/test-browser.ts'
import { paths } from '#sites/portal/paths.ts'

// A form that waits for the second factor is sent once, by the session that it was sent in, and in time.

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const openWorld = (): Promise<AskedAgain> => askedAgain(portal, make)
const codeOf = ({ administrator }: AskedAgain): Promise<string> => portal.newestCode(administrator.mail)
const countOf = (mail: string): Promise<number | null> => countUsers(admin, mail)

test('twice is once: the code again, another code, the page again', async () => {
  const administrator = await make.user({ role, secondFactor: 'totp' })
  const browser = portal.browser()
  await browser.post('/login', { username: administrator.mail, password })
  await browser.post('/login/second-step', { code: totpNow(portal) })
  const count = async (): Promise<number | null> =>
    (
      await admin.query(`select from change_history where actor_id = $1 and action = 'recovery-codes-renewed'`, [
        administrator.id,
      ])
    ).rowCount
  portal.advance(11 * minutes)
  const { location } = await browser.post(paths.recoveryCodes)
  const code = totpNow(portal)
  assert.match(await wordsAfter(browser, await browser.post(location, { code })), /新しいリカバリーコード/)
  portal.advance(30 * seconds)
  for (const again of [code, totpNow(portal)])
    assert.match(await wordsAfter(browser, await sendCode(browser, location, again)), /この確認は済んでいます/)
  const page = await browser.get(location)
  assert.match(page.body, /この確認は済んでいます/)
  assert.doesNotMatch(page.body, /name="code"/)
  assert.equal(await count(), 1)
})

test('of the same code sent several times at once, one does it', async () => {
  const world = await openWorld()
  const mail = newMail()
  const location = await askToAdd(world, mail)
  const code = await codeOf(world)
  const browsers = [1, 2, 3].map(() => copyCookies(world.browser, portal.browser()))
  const answers = await Promise.all(browsers.map((browser) => sendCode(browser, location, code)))
  assert.equal(answers.filter((answer) => answer.location.startsWith('/users/')).length, 1)
  assert.equal(await countOf(mail), 1)
})

test('another session does nothing with it, of whoever', async () => {
  const world = await openWorld()
  const mail = newMail()
  const location = await askToAdd(world, mail)
  const code = await codeOf(world)
  portal.advance(1 * seconds)
  const own = await signIn(portal, world.administrator)
  const shown = await own.get(location)
  assert.match(shown.body, /操作は行われていません/)
  assert.match(shown.body, new RegExp(`href="${paths.addUser}"`))
  const { customerId } = world.administrator
  const others = [await make.user({ customerId, role }), await make.user({ role })]
  for (const other of others) {
    const browser = await signIn(portal, other)
    assert.equal((await browser.get(location)).status, 404)
    assert.equal((await sendCode(browser, location, code)).status, 404)
  }
  assert.match(await wordsAfter(own, await sendCode(own, location, code)), /操作は行われていません/)
  assert.equal(await countOf(mail), 0)
  await world.browser.post(location, { code })
  assert.equal(await countOf(mail), 1)
})

test('too late it says so, and nothing is done; what was kept is erased', async () => {
  const world = await openWorld()
  const mail = newMail()
  const location = await askToAdd(world, mail)
  const code = await codeOf(world)
  portal.advance(15 * minutes)
  assert.match(await wordsAfter(world.browser, await sendCode(world.browser, location, code)), /操作は行われていません/)
  assert.match((await world.browser.get(location)).body, /操作は行われていません/)
  assert.equal(await countOf(mail), 0)
  await database.operator.transaction((tx) => eraseKeptForms(tx, portal.program.now()))
  const { rows } = await admin.query('select kept_form from sign_in where id = $1', [location.replace('/confirm/', '')])
  assert.deepEqual(rows, [{ kept_form: null }])
})

test('a role or a login that was taken away meanwhile is gone', async () => {
  const world = await openWorld()
  const mail = newMail()
  const location = await askToAdd(world, mail)
  await admin.query(`update portal_user set role = 'general-user' where id = $1`, [world.administrator.id])
  assert.equal((await world.browser.post(location, { code: await codeOf(world) })).status, 403)
  assert.equal(await countOf(mail), 0)
  const page = await world.browser.get(paths.profile)
  assert.equal(page.status, 200)

  const other = await openWorld()
  const second = await askToAdd(other, mail)
  await admin.query('update portal_user set credential_epoch = 2 where id = $1', [other.administrator.id])
  const { location: led } = await other.browser.post(second, { code: await codeOf(other) })
  assert.match(led, /^\/login/)
  assert.equal(await countOf(mail), 0)
})

test('of two pages in two tabs each code does its own', async () => {
  const world = await openWorld()
  const mails = [newMail(), newMail()] as const
  const first = await askToAdd(world, mails[0])
  const firstCode = await codeOf(world)
  portal.advance(1 * seconds)
  const second = await askToAdd(world, mails[1])
  const secondCode = await codeOf(world)
  const { browser } = world
  assert.equal((await browser.post(first, { code: secondCode })).status, 422)
  assert.equal((await browser.post(second, { code: firstCode })).status, 422)
  assert.deepEqual([await countOf(mails[0]), await countOf(mails[1])], [0, 0])
  const open = await formOf(browser, second)
  await browser.post(first, { code: firstCode })
  assert.deepEqual([await countOf(mails[0]), await countOf(mails[1])], [1, 0])
  // The page in the other tab is one of the session as it was: the code is asked for once more, and is still good.
  const stale = await browser.send(second, { ...open, code: secondCode })
  assert.equal(stale.status, 422)
  assert.equal(await countOf(mails[1]), 0)
  await browser.send(second, { ...hiddenFields(stale.body, second), code: secondCode })
  assert.deepEqual([await countOf(mails[0]), await countOf(mails[1])], [1, 1])
})

test('code and deed are one transaction: what breaks in the one leaves the other as it was', async () => {
  const world = await openWorld()
  const mail = newMail()
  const location = await askToAdd(world, mail)
  const code = await codeOf(world)
  const session = cookieOf(world.browser, 'session')
  await admin.query(`create function break_it() returns trigger language plpgsql as $$ begin raise 'broken'; end $$`)
  await admin.query('create trigger break_it before insert on portal_user for each row execute function break_it()')
  assert.equal((await sendCode(world.browser, location, code)).status, 500)
  await admin.query('drop function break_it cascade')
  assert.equal(cookieOf(world.browser, 'session'), session)
  await sendCode(world.browser, location, code)
  assert.equal(await countOf(mail), 1)
})

test('nobody reads a kept form in the database, or moves it to another confirmation', async () => {
  const world = await openWorld()
  const [mail, other] = [newMail(), newMail()]
  const [one, two] = [await askToAdd(world, mail), await askToAdd(world, other)]
  const idOf = (location: string): string => location.replace('/confirm/', '')
  const { rows } = await admin.query<{ kept_form: Buffer }>('select kept_form from sign_in where id = $1', [idOf(one)])
  assert.equal(rows[0]?.kept_form.includes(mail), false)
  await admin.query('update sign_in set kept_form = $1 where id = $2', [rows[0]?.kept_form, idOf(two)])
  assert.equal((await world.browser.get(two)).status, 500)
  assert.equal((await world.browser.get(one)).status, 200)
})

test('of one session ten forms are kept, the newest', async () => {
  const world = await openWorld()
  const { browser, member } = world
  const asked: Answer[] = []
  for (let n = 0; n < 12; n++) {
    portal.advance(1 * seconds)
    asked.push(await browser.post(paths.suspendUser({ id: member.id })))
  }
  const states = await Promise.all(asked.map(async ({ location }) => (await browser.get(location)).body))
  assert.deepEqual(
    states.map((body) => body.includes('操作は行われていません')),
    [true, true, ...Array.from({ length: 10 }, () => false)],
  )
})
