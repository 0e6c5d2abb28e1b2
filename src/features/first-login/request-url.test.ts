import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after as afterAll, test } from 'node:test'
import { hours, seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import {
  answerRequests,
  askForUrl,
  choosePassword,
  fieldsOf,
  identify,
  makeNewcomer,
  newestUrl,
  newPassword,
  sendNotice,
} from '#test/first-login.ts'
import { type MadeUser, makerOf, password, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { enterCode, enterPassword, giveRecoveryCode, historyOf, isSignedIn, totpNow } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import { mostIdentityTries } from './find.ts'
import { mostPerUser, mostPerUserADay } from './request-url.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
afterAll(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const nobody = (): string => `nobody-${randomUUID()}@example.com`

async function changed(user: MadeUser, assignment: string): Promise<MadeUser> {
  await admin.query(`update portal_user set ${assignment} where id = $1`, [user.id])
  return user
}

/** Each with what is mailed to the address. */
const accounts: Record<string, { mails: string[]; make: () => Promise<{ mail: string }> }> = {
  'that nobody has': { mails: [], make: async () => ({ mail: nobody() }) },
  'of an active user': { mails: ['ビジネスポータル パスワード再設定のご案内'], make: () => make.user() },
  'of a user with TOTP': {
    mails: ['ビジネスポータル パスワード再設定のご案内'],
    make: () => make.user({ secondFactor: 'totp' }),
  },
  'of somebody who awaits registration': {
    mails: ['試験通信 ビジネスポータル ユーザ登録受付メール'],
    make: () => makeNewcomer(database, null),
  },
  'of a suspended user': { mails: [], make: () => make.user({ state: 'suspended' }) },
  'of a deleted user': { mails: [], make: async () => changed(await make.user(), `state = 'deleted'`) },
}

/** All that an attacker could see, without what differs each time in any case; and the work that was done for it. */
async function asked(mail: string) {
  const browser = portal.browser({ ip: `2001:db8:${Math.floor(Math.random() * 65_536).toString(16)}::1` })
  const fields = await fieldsOf(browser, '/password-reset')
  database.statements.length = 0
  const answer = await browser.send('/password-reset', { ...fields, mail })
  const statements = [...database.statements]
  const next = await browser.get(answer.location)
  return {
    status: answer.status,
    location: answer.location,
    body: answer.body + next.body,
    headers: [...answer.headers].filter(([name]) => name !== 'set-cookie'),
    cookies: answer.headers.getSetCookie().map((cookie) => cookie.replace(/=[^;]*/, '')),
    statements,
  }
}

for (const [whose, { mails, make: makeAccount }] of Object.entries(accounts)) {
  test(`an address ${whose} is answered to the byte, and by the same work, as one that nobody has`, async () => {
    const { mail } = await makeAccount()
    const seen = await asked(mail)
    assert.deepEqual(seen, await asked(nobody()))
    assert.deepEqual([seen.status, seen.location], [303, '/password-reset/accepted'])
    await answerRequests(database, portal)
    assert.deepEqual(
      (await portal.mailsTo(mail)).map(({ subject }) => subject),
      mails,
    )
  })
}

test('a locked user is answered like any other, and can log in again with the new password', async () => {
  const user = await make.user()
  for (let tries = 0; tries < 5; tries++) await enterPassword(portal, user, { typed: 'a wrong password' })
  assert.deepEqual(await asked(user.mail), await asked(nobody()))
  await answerRequests(database, portal)
  const browser = portal.browser()
  await identify(browser, await newestUrl(portal, user.mail), user)
  await choosePassword(browser)
  assert.equal((await enterPassword(portal, user, { typed: newPassword })).answer.location, '/login/second-step')
  assert.equal((await historyOf(database, user)).at(-1), 'unlocked')
})

test('however an address is written, the mail goes to the stored one', async () => {
  const user = await make.user()
  await askForUrl(database, portal, { mail: `  ${user.mail.toUpperCase().replace('@', '＠')} ` })
  assert.equal((await portal.mailsTo(user.mail)).length, 1)
  for (const mail of [`${user.mail},x@example.com`, `${user.mail};x@example.com`, `${user.mail}\r\nBcc: x@example.com`])
    assert.equal((await askForUrl(database, portal, { mail })).location, '/password-reset/accepted')
  const browser = portal.browser()
  const fields = await fieldsOf(browser, '/password-reset')
  const twice: [string, string][] = [...Object.entries(fields), ['mail', user.mail], ['mail', 'x@example.com']]
  assert.equal((await browser.send('/password-reset', twice)).status, 400)
  await answerRequests(database, portal)
  assert.equal((await portal.mailsTo(user.mail)).length, 1)
  assert.equal((await portal.mailsTo('x@example.com')).length, 0)
})

test(`one user is sent ${mostPerUser} URLs an hour, with the same answer beyond`, async () => {
  const user = await make.user()
  for (let times = 0; times < mostPerUser + 2; times++)
    assert.equal((await askForUrl(database, portal, user)).location, '/password-reset/accepted')
  assert.equal((await portal.mailsTo(user.mail)).length, mostPerUser)
  const url = await newestUrl(portal, user.mail)
  assert.equal((await portal.browser().get(url)).location, '/first-login/identity', 'the newest stays good')
  portal.advance(1 * hours)
  await askForUrl(database, portal, user)
  assert.equal((await portal.mailsTo(user.mail)).length, mostPerUser + 1)
})

test('whoever reads the mails and asks for URLs all day has 50 tries at the identity, and each is recorded', async () => {
  const user = await make.user()
  let judged = 0
  for (let hour = 0; hour < 20; hour++) {
    for (let times = 0; times < mostPerUser; times++) {
      const { length } = await portal.mailsTo(user.mail)
      await askForUrl(database, portal, user)
      if ((await portal.mailsTo(user.mail)).length === length) continue
      const browser = portal.browser()
      await browser.get(await newestUrl(portal, user.mail))
      for (let tries = 0; tries < mostIdentityTries; tries++) {
        const wrong = { mail: user.mail, name: user.name, phone: `03-${hour}-${tries}` }
        await browser.post('/first-login/identity', wrong)
        judged++
      }
    }
    portal.advance(1 * hours)
  }
  assert.equal(judged, mostPerUserADay * mostIdentityTries)
  assert.equal((await historyOf(database, user)).filter((line) => line === 'failed wrong-identity').length, judged)
  portal.advance(24 * hours)
  await askForUrl(database, portal, user)
  const browser = portal.browser()
  await identify(browser, await newestUrl(portal, user.mail), user)
  assert.equal((await choosePassword(browser)).location, '/login', 'the user can still work')
})

test('a wish is answered once, and nothing of it can be read meanwhile', async () => {
  const user = await make.user()
  await portal.browser().post('/password-reset', { mail: user.mail })
  const { rows } = await admin.query<{ row: string }>(
    `select r::text || encode(r.login, 'escape') as row from first_login_request r`,
  )
  assert.equal(rows.length, 1)
  assert(!rows[0]?.row.includes('user-'))
  const jobs = await admin.query<{ payload: string }>(`select payload::text from graphile_worker._private_jobs`)
  assert(jobs.rows.every(({ payload }) => /^\{"(mail|request)" ?: ?"[0-9a-f-]{36}"\}$/.test(payload)))
  await answerRequests(database, portal)
  await answerRequests(database, portal)
  assert.equal((await portal.mailsTo(user.mail)).length, 1)
})

test('a new password ends all sessions and known browsers, keeps the factor, and is told by mail', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  await giveRecoveryCode(database, user, 'ABCD-EFGH-JKLM-NPQR')
  const { browser: old } = await enterPassword(portal, user)
  assert.equal((await enterCode(old, totpNow(portal))).location, '/services')
  const { browser: half } = await enterPassword(portal, user)
  await askForUrl(database, portal, user)
  const browser = portal.browser()
  await identify(browser, await newestUrl(portal, user.mail), user)
  const page = await browser.get('/first-login/password')
  assert.match(page.body, /パスワード再設定（2\/2）/)
  assert.equal((await browser.get('/first-login/totp')).location, '/first-login/password')
  const set = await choosePassword(browser)
  assert.equal(set.location, '/login')
  assert.equal((await browser.get('/first-login/recovery-codes')).location, '/first-login', 'no codes are shown')
  assert.equal(await isSignedIn(browser), false)
  assert.equal(await isSignedIn(old), false)
  portal.advance(30 * seconds)
  assert.equal((await enterCode(half, totpNow(portal))).location, '/login')
  const { rowCount } = await admin.query('select from known_browser where user_id = $1', [user.id])
  assert.equal(rowCount, 0)
  assert.equal((await enterPassword(portal, user, { typed: password })).answer.status, 422)
  const { browser: fresh } = await enterPassword(portal, user, { typed: newPassword })
  assert.equal((await enterCode(fresh, totpNow(portal))).location, '/services', 'the factor is the same')
  const { browser: other } = await enterPassword(portal, user, { typed: newPassword })
  const used = await other.post('/login/recovery-code', { recoveryCode: 'ABCD-EFGH-JKLM-NPQR' })
  assert.equal(used.location, '/services', 'and so are the recovery codes')
  const mails = (await portal.mailsTo(user.mail)).map(({ subject }) => subject)
  assert(mails.includes('ビジネスポータル 第1パスワード再設定のお知らせ'))
  assert((await historyOf(database, user)).includes('sign-out password-changed'))
  const { rows } = await admin.query('select action from change_history where subject_id = $1', [user.id])
  assert.deepEqual(rows, [{ action: 'password-set-anew' }])
})

test('a mail alone sets no password: whoever has it and does not know the identity gets nowhere', async () => {
  const user = await make.user()
  const session = await signIn(portal, user)
  await askForUrl(database, portal, user)
  const thief = portal.browser()
  await thief.get(await newestUrl(portal, user.mail))
  await thief.post('/first-login/identity', { mail: user.mail, name: 'thief', phone: '03-9999-9999' })
  assert.equal((await thief.get('/first-login/password')).location, '/first-login/identity')
  assert(await isSignedIn(session))
})

test('whoever has registered meanwhile does so no second time by an older URL', async () => {
  const user = await makeNewcomer(database, 'mail-otp')
  const url = await sendNotice(database, portal, user)
  await askForUrl(database, portal, user)
  const browser = portal.browser()
  await identify(browser, await newestUrl(portal, user.mail), user)
  await choosePassword(browser)
  assert.equal((await portal.browser().get(url)).location, '/first-login')
  await askForUrl(database, portal, user)
  assert.match((await portal.mailsTo(user.mail)).at(-1)?.subject ?? '', /パスワード再設定/)
})
