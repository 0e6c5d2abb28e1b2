import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import {
  choosePassword,
  enterIdentity,
  fieldsOf,
  identify,
  makeNewcomer,
  phone,
  readSecret,
  sendNotice,
} from '#test/first-login.ts'
import type { MadeUser } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { copyCookies, enterPassword, totpNow } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const admin = superuserOf(database)
afterAll(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

async function newcomer(): Promise<{ user: MadeUser; url: string }> {
  const user = await makeNewcomer(database, 'mail-otp')
  return { user, url: await sendNotice(database, portal, user) }
}

/** Whether a browser that opens the URL may show the identity. */
async function isGood(url: string): Promise<boolean> {
  return (await portal.browser().get(url)).location === '/first-login/identity'
}

test('the fifth wrong identity burns the URL; it is never said which field was wrong', async () => {
  const { user, url } = await newcomer()
  const right = { mail: user.mail, name: user.name, phone }
  const wrong = [
    { ...right, mail: 'else@example.com' },
    { ...right, name: 'somebody else' },
    { ...right, phone: '03-0000-0001' },
    { mail: 'else@example.com', name: 'somebody else', phone: '03-0000-0001' },
  ]
  const browser = portal.browser()
  await browser.get(url)
  const said: string[] = []
  for (const given of wrong) {
    const { status, body } = await enterIdentity(browser, given)
    assert.equal(status, 422)
    const summary = /<section class="notice[\s\S]*?<\/section>/.exec(body)?.[0] ?? ''
    said.push(summary.replace(/あと\d回/, 'あとn回'))
    assert(!body.includes('aria-invalid'))
  }
  assert.equal(new Set(said).size, 1)
  // A right one in between gives none of the tries back.
  const other = portal.browser()
  assert.equal((await identify(other, url, user)).location, '/first-login/password')
  await browser.get(url)
  assert.equal((await enterIdentity(browser, wrong[0] ?? right)).location, '/first-login')
  assert(!(await isGood(url)))
  assert.equal((await other.get('/first-login/password')).location, '/first-login')
})

test('of fifty wrong identities sent at once five are judged, and the right one among the last gets nowhere', async () => {
  const { user, url } = await newcomer()
  const browsers = Array.from({ length: 50 }, () => portal.browser())
  for (const browser of browsers) await browser.get(url)
  const forms = await Promise.all(browsers.map((browser) => fieldsOf(browser, '/first-login/identity')))
  const guess = (index: number) => ({ mail: user.mail, name: index < 49 ? `guess ${index}` : user.name, phone })
  await Promise.all(
    browsers.map((browser, index) => browser.send('/first-login/identity', { ...forms[index], ...guess(index) })),
  )
  const { rowCount } = await admin.query(
    `select from access_history where user_id = $1 and reason = 'wrong-identity'`,
    [user.id],
  )
  assert((rowCount ?? 0) <= 5)
  assert(!(await isGood(url)))
})

test('of two browsers that have shown the identity only the later one goes on, and from the beginning', async () => {
  const { user, url } = await newcomer()
  const [first, second] = [portal.browser(), portal.browser()]
  await identify(first, url, user)
  await identify(second, url, user)
  const { location } = await first.get('/first-login/password')
  assert.equal(location, '/first-login')
  assert.equal((await choosePassword(second, 'the password of the second')).location, '/first-login/recovery-codes')
  const login = await enterPassword(portal, user, { typed: 'the password of the second' })
  assert.equal(login.answer.location, '/login/second-step')
})

test('nobody finishes with the password that another browser has chosen', async () => {
  const user = await makeNewcomer(database, 'totp')
  const url = await sendNotice(database, portal, user)
  const [thief, owner] = [portal.browser(), portal.browser()]
  await identify(thief, url, user)
  await choosePassword(thief, 'the password of a thief')
  const secret = await readSecret(thief)
  assert.equal((await identify(owner, url, user)).location, '/first-login/password')
  assert.equal((await owner.get('/first-login/totp')).location, '/first-login/password')
  await choosePassword(owner)
  assert.notEqual(await readSecret(owner), secret)
})

test('one URL, finished by fifty requests at once, sets one password', async () => {
  const { user, url } = await newcomer()
  const browser = portal.browser()
  await identify(browser, url, user)
  const browsers = Array.from({ length: 50 }, () => copyCookies(browser, portal.browser()))
  const fields = await fieldsOf(browser, '/first-login/password')
  await Promise.all(
    browsers.map((one, index) =>
      one.send('/first-login/password', { ...fields, newPassword: `password number ${index}` }),
    ),
  )
  const { rows } = await admin.query('select action from change_history where subject_id = $1', [user.id])
  assert.deepEqual(rows, [{ action: 'user-registered' }])
  const { rowCount } = await admin.query('select from recovery_code where user_id = $1', [user.id])
  assert.equal(rowCount, 10)
})

test('one right code of an authenticator app, sent by thirty requests at once, registers once', async () => {
  const user = await makeNewcomer(database, 'totp')
  const browser = portal.browser()
  await identify(browser, await sendNotice(database, portal, user), user)
  await choosePassword(browser)
  const code = totpNow(portal, { secret: await readSecret(browser) })
  const fields = await fieldsOf(browser, '/first-login/totp')
  await Promise.all(Array.from({ length: 30 }, () => browser.send('/first-login/totp', { ...fields, code })))
  const { rows } = await admin.query('select action from change_history where subject_id = $1', [user.id])
  assert.deepEqual(rows, [{ action: 'user-registered' }])
})
