import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { enterFence } from '#features/sessions/fence.ts'
import { hours, minutes, seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import {
  choosePassword,
  enterIdentity,
  identify,
  makeNewcomer,
  newPassword,
  phone,
  readSecret,
  sendNotice,
} from '#test/first-login.ts'
import type { MadeUser } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { asSignedIn, enterCode, enterPassword, isSignedIn, otherThan, totpNow } from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
afterAll(() => database[Symbol.asyncDispose]())

/** Begins with the opening notice and shows the identity. */
async function begin(
  secondFactor: 'totp' | 'mail-otp' | null,
): Promise<{ user: MadeUser; browser: TestBrowser; url: string }> {
  const user = await makeNewcomer(database, secondFactor)
  const url = await sendNotice(database, portal, user)
  const browser = portal.browser()
  assert.equal((await identify(browser, url, user)).location, '/first-login/password')
  return { user, browser, url }
}

async function stateOf({ id }: MadeUser) {
  return database.operator.transaction((tx) =>
    tx
      .selectFrom('portal_user')
      .where('id', '=', id)
      .select(['state', 'second_factor', 'credential_epoch'])
      .executeTakeFirstOrThrow(),
  )
}

const awaiting = (second_factor: 'totp' | 'mail-otp' | null) => ({
  state: 'awaiting-registration',
  second_factor,
  credential_epoch: 1,
})

/** Reads the codes and says that they are kept; that leads into the portal, or to the mailed code, if it is done at once. */
async function takeCodes(
  browser: TestBrowser,
  leadsTo: '/services' | '/login/second-step' | '/login',
): Promise<string[]> {
  const { body } = await browser.get('/first-login/recovery-codes')
  const codes = body.match(/(?<=<li>)(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}(?=<\/li>)/g) ?? []
  assert.equal((await browser.post('/first-login/recovery-codes')).status, 422, 'they must be kept first')
  assert.equal((await browser.post('/first-login/recovery-codes', { kept: 'on' })).location, leadsTo)
  return codes
}

test('TOTP: three steps, ten codes, and whoever has kept them is logged in by the code that was proved', async () => {
  const { user, browser } = await begin('totp')
  assert.match((await browser.get('/first-login/password')).body, /初回ログイン（2\/3）/)
  assert.equal((await choosePassword(browser)).location, '/first-login/totp')
  const secret = await readSecret(browser)
  assert.equal(secret.length, 32, '160 bits')
  const code = totpNow(portal, { secret })
  assert.equal((await browser.post('/first-login/totp', { code: otherThan(code) })).status, 422)
  assert.deepEqual(await stateOf(user), awaiting('totp'), 'nothing counts before a right code')
  assert.equal((await browser.post('/first-login/totp', { code })).location, '/first-login/recovery-codes')
  assert.deepEqual(await stateOf(user), { state: 'active', second_factor: 'totp', credential_epoch: 2 })
  assert.equal(await isSignedIn(browser), false, 'not before the codes are kept')
  const provedAt = portal.program.now()
  portal.advance(14 * minutes)
  const codes = await takeCodes(browser, '/services')
  assert.equal(new Set(codes).size, 10)
  assert.ok(await isSignedIn(browser))
  assert.deepEqual(await asSignedIn(portal, browser, async ({ actor }) => actor.confirmedAt), provedAt)
  assert.equal((await browser.get('/first-login/recovery-codes')).location, '/first-login')
  const { operator } = database
  const seen = await operator.transaction((tx) =>
    tx
      .selectFrom('access_history')
      .where('user_id', '=', user.id)
      .select(['event', 'second_factor'])
      .orderBy('id')
      .execute(),
  )
  assert.deepEqual(seen.at(-1), { event: 'sign-in', second_factor: 'totp' })

  portal.advance(30 * seconds)
  const login = await enterPassword(portal, user, { typed: newPassword })
  assert.equal(login.answer.location, '/login/second-step', 'every other login has two steps')
  assert.equal((await enterCode(login.browser, code)).status, 422, 'the code of the set-up works once')
  assert.equal((await enterCode(login.browser, totpNow(portal, { secret }))).location, '/services')

  const other = await enterPassword(portal, user, { typed: newPassword })
  const { location } = await other.browser.post('/login/recovery-code', { recoveryCode: codes[3] ?? '' })
  assert.equal(location, '/services')
})

test('MailOTP: two steps, and whoever has kept the codes types the mailed one', async () => {
  const { user, browser } = await begin('mail-otp')
  assert.match((await browser.get('/first-login/password')).body, /初回ログイン（2\/2）/)
  assert.equal((await choosePassword(browser)).location, '/first-login/recovery-codes')
  portal.advance(1 * seconds)
  assert.equal((await takeCodes(browser, '/login/second-step')).length, 10)
  assert.equal(await isSignedIn(browser), false)
  const code = await portal.newestCode(user.mail)
  assert.equal((await enterCode(browser, otherThan(code))).status, 422)
  assert.equal((await enterCode(browser, code)).location, '/services')
})

for (const factor of ['totp', 'mail-otp'] as const) {
  test(`somebody from an application form chooses ${factor}`, async () => {
    const { user, browser } = await begin(null)
    assert.equal((await browser.get('/first-login/totp')).location, '/first-login/password')
    assert.equal((await choosePassword(browser)).location, '/first-login/factor')
    assert.equal((await browser.post('/first-login/factor')).status, 422)
    const chosen = await browser.post('/first-login/factor', { secondFactor: factor })
    if (factor === 'totp') {
      const secret = await readSecret(browser)
      // Whoever looks at what was chosen before comes back to the same secret.
      await browser.get('/first-login/factor')
      await choosePassword(browser)
      assert.equal(await readSecret(browser), secret)
      await browser.post('/first-login/totp', { code: totpNow(portal, { secret }) })
    } else assert.equal(chosen.location, '/first-login/recovery-codes')
    assert.equal((await takeCodes(browser, factor === 'totp' ? '/services' : '/login/second-step')).length, 10)
    assert.equal((await stateOf(user)).second_factor, factor)
  })
}

test('one may change from TOTP to MailOTP before it is finished, and keeps no secret', async () => {
  const { user, browser } = await begin(null)
  await choosePassword(browser)
  await browser.post('/first-login/factor', { secondFactor: 'totp' })
  await browser.post('/first-login/factor', { secondFactor: 'mail-otp' })
  assert.equal((await stateOf(user)).second_factor, 'mail-otp')
  const { totp_secret } = await database.app.transaction(async (tx) => {
    await enterFence(tx, user.customerId)
    return tx
      .selectFrom('user_credential')
      .where('user_id', '=', user.id)
      .select('totp_secret')
      .executeTakeFirstOrThrow()
  })
  assert.equal(totp_secret, null)
})

test('the same URL takes the same browser back to where it was, until it is used up', async () => {
  const { browser, url } = await begin('totp')
  await choosePassword(browser)
  assert.equal((await browser.get(url)).location, '/first-login/totp')
  assert.equal((await browser.get('/first-login')).location, '/first-login/totp')
  await browser.post('/first-login/totp', { code: totpNow(portal, { secret: await readSecret(browser) }) })
  assert.equal((await browser.get('/first-login')).location, '/first-login/recovery-codes')
  assert.equal((await portal.browser().get(url)).location, '/first-login')
})

test('codes that nobody has looked at wait for an hour', async () => {
  const { browser } = await begin('mail-otp')
  await choosePassword(browser)
  portal.advance(1 * hours - 1 * seconds)
  assert.equal((await browser.get('/first-login/recovery-codes')).status, 200)
  portal.advance(1 * seconds)
  assert.equal((await browser.get('/first-login/recovery-codes')).location, '/first-login')
})

test('no step can be done before the one it follows', async () => {
  const user = await makeNewcomer(database, 'totp')
  const url = await sendNotice(database, portal, user)
  const browser = portal.browser()
  const steps = ['identity', 'password', 'factor', 'totp', 'recovery-codes'].map((step) => `/first-login/${step}`)
  await browser.get('/login')
  for (const path of steps) assert.equal((await browser.get(path)).location, '/first-login')
  await browser.get(url)
  for (const path of steps.slice(1)) {
    assert.equal((await browser.get(path)).location, '/first-login/identity')
    const fields = { newPassword, secondFactor: 'mail-otp', code: '123456', kept: 'on' }
    const { status, location } = await browser.post(path, fields)
    assert(status === 400 || location === '/first-login/identity' || location === '/first-login', path)
  }
  assert.deepEqual(await stateOf(user), awaiting('totp'))
})

for (const [typed, why] of [
  ['short', /10文字以上/],
  ['x'.repeat(129), /128文字以内/],
  ['password123', /広く使われている/],
] as const)
  test(`the password ${typed.slice(0, 12)} is refused with its reason`, async () => {
    const { browser } = await begin('mail-otp')
    const { status, body } = await choosePassword(browser, typed)
    assert.equal(status, 422)
    assert.match(body, why)
    assert(!body.includes(`value="${typed}"`))
    assert.equal((await choosePassword(browser)).location, '/first-login/recovery-codes')
  })

test('a password like the own name is refused', async () => {
  const { browser, user } = await begin('mail-otp')
  assert.match((await choosePassword(browser, `${user.mail}1`)).body, /メールアドレスや名前に近い/)
})

test('what happened stands in the histories, and no secret with it', async () => {
  const user = await makeNewcomer(database, 'mail-otp')
  const browser = portal.browser()
  const url = await sendNotice(database, portal, user)
  await browser.get(url)
  await enterIdentity(browser, { mail: user.mail, name: 'somebody else', phone })
  await identify(browser, url, user)
  await choosePassword(browser)
  const [access, changes] = await database.operator.transaction(async (tx) => [
    await tx.selectFrom('access_history').where('user_id', '=', user.id).select(['event', 'reason']).execute(),
    await tx
      .selectFrom('change_history')
      .where('subject_id', '=', user.id)
      .select(['action', 'actor_name', 'after'])
      .execute(),
  ])
  assert.deepEqual(access, [{ event: 'failed', reason: 'wrong-identity' }])
  assert.deepEqual(changes, [{ action: 'user-registered', actor_name: user.name, after: { secondFactor: 'mail-otp' } }])
})
