import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { hours, minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, password, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { signInStaff } from '#test/staff.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from './paths.ts'
import { answerRequest } from '#features/first-login/request-url.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

/** What the answer says, and what the browser has afterwards. */
async function tryToLogIn(browser: TestBrowser, mail: string, typed = password): Promise<string[]> {
  const { status, location, body } = await browser.post('/login', { username: mail, password: typed })
  // Without what was typed, and what is another in each form.
  const said = (/<main[\s\S]*<\/main>/.exec(body)?.[0] ?? body).replace(/value="[^"]*"/g, '')
  return [
    String(status),
    location.replace(/again=[\w-]+/, 'again'),
    said.replace(/again=[\w-]+/g, 'again'),
    [...browser.cookies.keys()].join(),
  ]
}

test('staff at the portal’s login, and customers’ users at the console’s, are answered as an unknown ID is', async () => {
  const [member, user] = [await make.staff(), await make.user({ secondFactor: 'totp' })]
  for (const [at, mail] of [
    [() => portal.browser(), member.mail],
    [() => portal.consoleBrowser(), user.mail],
  ] as const) {
    const unknown = await tryToLogIn(at(), 'nobody@example.com')
    assert.deepEqual(await tryToLogIn(at(), mail), unknown)
    const { rows } = await admin.query('select from access_history where user_id in ($1, $2)', [member.id, user.id])
    assert.equal(rows.length, 0)
  }
})

test('a hundred failures at the portal leave the login of a member of staff open, and the reverse', async () => {
  const [member, user] = [await make.staff(), await make.user()]
  for (let tries = 0; tries < 100; tries++)
    await portal.browser().post('/login', { username: member.mail, password: `wrong ${tries}` })
  await signInStaff(portal, member)
  for (let tries = 0; tries < 10; tries++)
    await portal.consoleBrowser().post('/login', { username: user.mail, password: `wrong ${tries}` })
  await signIn(portal, user)
  for (let tries = 0; tries < 5; tries++)
    await portal.consoleBrowser().post('/login', { username: member.mail, password: `wrong ${tries}` })
  portal.advance(1 * minutes)
  const { body } = await portal.consoleBrowser().post('/login', { username: member.mail, password })
  assert.match(body, /一時停止/)
})

test('a session of staff rests for a quarter of an hour at most, and ends after ten hours', async () => {
  const browser = await signInStaff(portal, await make.staff())
  for (let quarter = 0; quarter < 42; quarter++) {
    portal.advance(14 * minutes)
    assert.equal((await browser.post(paths.extendSession, {}, { from: '/' })).location, paths.session)
  }
  portal.advance(10 * hours - 42 * 14 * minutes)
  assert.equal((await browser.get('/')).status, 303)
  const idle = await signInStaff(portal, await make.staff())
  portal.advance(15 * minutes)
  assert.equal((await idle.get('/')).status, 303)
})

test('a member of staff can have no factor but an app, and no browser that skips it', async () => {
  const member = await make.staff()
  for (const statement of [
    `update portal_user set second_factor = 'mail-otp' where id = $1`,
    `update portal_user set second_factor = null where id = $1`,
    `update customer set trusts_browsers = true where is_house and $1::uuid is not null`,
  ])
    await assert.rejects(admin.query(statement, [member.id]), { code: '23514' }, statement)
})

test('a wish for a URL is answered on the site that its user logs in to, and taken alike on both', async () => {
  const [member, user] = [await make.staff(), await make.user()]
  const jobs = async (): Promise<boolean[]> => {
    const { rows } = await admin.query<{ for_staff: boolean }>(
      'select for_staff from first_login_request order by created_at',
    )
    return rows.map(({ for_staff }) => for_staff)
  }
  const wish = async (browser: TestBrowser, { mail }: MadeUser): Promise<string> =>
    (await browser.post('/password-reset', { mail })).location
  assert.equal(await wish(portal.browser(), member), await wish(portal.consoleBrowser(), user))
  assert.deepEqual((await jobs()).filter(Boolean).length, 1)
  await answerAll()
  assert.deepEqual([await portal.mailsTo(member.mail), await portal.mailsTo(user.mail)], [[], []])
  await wish(portal.consoleBrowser(), member)
  await answerAll()
  const [mail] = await portal.mailsTo(member.mail)
  assert.match(mail?.text ?? '', new RegExp(`${portal.program.config.consoleUrl?.href}first-login\\?key=`))
})

/** As the worker does. */
async function answerAll(): Promise<void> {
  const { config, secrets, now } = portal.program
  const { rows } = await admin.query<{ id: string }>('select id from first_login_request')
  for (const { id } of rows)
    await database.operator.transaction((tx) => answerRequest({ ...config, secrets, tx, now: now() }, id))
}
