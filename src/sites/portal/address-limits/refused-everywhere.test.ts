import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addressOf as fill } from '#platform/web/paths.ts'
import { testDatabase } from '#test/database.ts'
import { askForUrl, fieldsOf, identify, newestUrl, sendNotice } from '#test/first-login.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { cookieOf, copyCookies, enterCode, enterPassword, historyOf, isSignedIn } from '#test/sign-in.ts'
import { sightsOf } from '#test/sights.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'
import { portalPages } from '../portal.tsx'

// Somebody who may come in from one network alone, and is elsewhere.

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const outside = '198.51.100.9'
let customerId: string

before(async () => {
  customerId = await make.customer()
  await admin.query(
    `insert into address_limit (customer_id, is_on, networks, descriptions) values ($1, true, '{192.0.2.0/24}', '{本社}')`,
    [customerId],
  )
})

async function makeLimited(values: Parameters<typeof make.user>[0] = {}): Promise<MadeUser> {
  const user = await make.user({ customerId, ...values })
  await admin.query('update portal_user set is_limited = true where id = $1', [user.id])
  return user
}

const away = (browser: TestBrowser): TestBrowser => copyCookies(browser, portal.browser({ ip: outside }))

test('no page, action, answer or download of a login is had from there, whatever it is about', async () => {
  const user = await makeLimited({ role: 'portal-administrator' })
  const serviceId = await make.service()
  const contractId = await make.contract({ customerId, serviceId })
  await make.fault({ customerId, contractId })
  await make.group({ customerId, rights: [{ level: 'edit' }], members: [user.id] })
  const browser = await signIn(portal, user)
  const sights = await sightsOf(database, user)
  const own = portalPages.filter(({ allow }) => allow !== 'anybody')
  assert(own.length > 50)
  for (const { path, methods } of own) {
    const address = path.includes(':') ? fill(path, sights[path] ?? assert.fail(path)) : path
    for (const method of methods) {
      const elsewhere = away(browser)
      const answer = method === 'GET' ? await elsewhere.get(address) : await elsewhere.send(address, {})
      assert.equal(answer.status, 403, `${method} ${address}`)
      assert.match(answer.body, /このIPアドレスからは利用できません/, `${method} ${address}`)
      assert(!answer.body.includes(user.name), `${method} ${address}`)
    }
  }
  assert(await isSignedIn(browser))
})

test('a file ends where the address changes in the middle of it', async () => {
  const user = await makeLimited({ role: 'portal-administrator' })
  await admin.query(
    `insert into access_history (customer_id, at, user_id, user_name, event)
      select $1, now() - n * interval '1 minute', $2, '', 'sign-in' from generate_series(1, 5000) n`,
    [customerId, user.id],
  )
  const browser = await signIn(portal, user)
  const response = await portal.app.request(
    new URL(paths.accessHistoryCsv, portal.program.config.portalUrl),
    {
      headers: {
        host: portal.program.config.portalUrl.host,
        cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    },
    { incoming: { socket: { remoteAddress: '192.0.2.1' } } },
  )
  const reader = response.body?.getReader() ?? assert.fail('no file')
  assert.equal((await reader.read()).done, false)
  await admin.query(`update address_limit set networks = '{203.0.113.0/24}' where customer_id = $1`, [customerId])
  await assert.rejects(async () => {
    while (!(await reader.read()).done);
  }, /broken off/)
  await admin.query(`update address_limit set networks = '{192.0.2.0/24}' where customer_id = $1`, [customerId])
})

test('the login says so to whoever knows the password, and to nobody else', async () => {
  const user = await makeLimited()
  const stranger = await make.user()
  const wrong = await Promise.all(
    [user, stranger].map(async (each) => {
      const browser = portal.browser({ ip: outside })
      return (await enterPassword(portal, each, { browser, typed: 'a wrong password' })).answer
    }),
  )
  assert.deepEqual(
    wrong.map(({ status, body }) => [status, /アクセス制限/.test(body)]),
    [
      [422, false],
      [422, false],
    ],
  )
  const { browser, answer } = await enterPassword(portal, user, { browser: portal.browser({ ip: outside }) })
  assert.equal(answer.status, 422)
  assert.match(answer.body, /アクセス元（198\.51\.100\.9）からはログインできません[\s\S]*受付番号（E-[A-Z0-9_-]{8}）/)
  assert.equal(cookieOf(browser, 'sign-in'), undefined)
  assert.deepEqual(await portal.mailsTo(user.mail), [])
  assert.deepEqual(await historyOf(database, user), ['failed wrong-password', 'failed address-refused'])
  // The password was right: nothing is counted for it.
  assert(await isSignedIn(await signIn(portal, user)))
})

test('a login that was begun where it may be is not finished elsewhere, by no kind of code, and no code is sent', async () => {
  const user = await makeLimited()
  const { browser } = await enterPassword(portal, user)
  const code = await portal.newestCode(user.mail)
  const elsewhere = away(browser)
  for (const path of [paths.secondStep, paths.recoveryCode])
    assert.match((await elsewhere.get(path)).body, /このIPアドレスからは利用できません/)
  assert.equal((await elsewhere.get(paths.delivery)).body, '{"text":""}')
  const { location } = await enterCode(away(browser), code)
  assert.notEqual(location, paths.serviceMenu)
  const form = await browser.get(paths.secondStep)
  const token = (path: string): string =>
    new RegExp(`action="${path}"[\\s\\S]*?name="token" value="([^"]+)"`).exec(form.body)?.[1] ?? ''
  portal.advance(60_000)
  assert.equal((await away(browser).send(paths.resendCode, { token: token(paths.resendCode) })).location, paths.signIn)
  const tried = await away(browser).send(paths.secondStep, { token: token(paths.secondStep), code })
  assert.equal(tried.location, paths.signIn)
  assert.equal((await portal.mailsTo(user.mail)).length, 1)
  assert((await historyOf(database, user)).includes('failed address-refused'))
  assert.equal((await enterCode(browser, code)).location, paths.serviceMenu)
})

test('a first login stands still elsewhere, and goes on where it may be', async () => {
  const newcomer = await makeLimited({ state: 'awaiting-registration' })
  await admin.query('delete from user_credential where user_id = $1', [newcomer.id])
  const url = await sendNotice(database, portal, newcomer)
  const elsewhere = portal.browser({ ip: outside })
  const { status, body } = await elsewhere.get(url)
  assert.equal(status, 200)
  assert.match(body, /このIPアドレスからは利用できません/)
  assert((await historyOf(database, newcomer)).includes('failed address-refused'))
  const browser = portal.browser()
  await browser.get(url)
  for (const path of [
    paths.firstLoginIdentity,
    paths.firstLoginPassword,
    paths.firstLoginFactor,
    paths.firstLoginTotp,
    paths.firstLoginCodes,
  ]) {
    const from = away(browser)
    assert.equal((await from.get(path)).location, paths.firstLogin, path)
    assert.match((await from.get(paths.firstLogin)).body, /このIPアドレスからは利用できません/)
  }
  const fields = await fieldsOf(browser, paths.firstLoginIdentity)
  const shown = { ...fields, mail: newcomer.mail, name: newcomer.name, phone: '03-0000-0000' }
  assert.equal((await away(browser).send(paths.firstLoginIdentity, shown)).location, paths.firstLogin)
  assert.equal((await identify(browser, url, newcomer)).location, paths.firstLoginPassword)
})

test('a wish for a URL from there is answered as ever, and comes to nothing', async () => {
  const user = await makeLimited()
  await askForUrl(database, portal, { mail: user.mail, browser: portal.browser({ ip: outside }) })
  assert.deepEqual(await portal.mailsTo(user.mail), [])
  assert.deepEqual(await historyOf(database, user), ['failed address-refused'])
  await askForUrl(database, portal, { mail: user.mail })
  assert.match(await newestUrl(portal, user.mail), /first-login/)
})
