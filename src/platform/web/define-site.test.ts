import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { z } from 'zod'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { secondApp, secondPaths } from '#test/second-site.tsx'
import { cookieOf } from '#test/sign-in.ts'
import { hiddenFields, TestBrowser } from '#test/test-browser.ts'
import { minutes } from '#platform/time/duration.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

const { settingsUrl, portalUrl } = portal.program.config
const app = secondApp(portal.program)
const customerId = await make.customer()
const serviceId = await make.service({ name: 'クラウドPBX' })
const contract = await make.contract({ customerId, serviceId })
const path = secondPaths.memo({ contract })

async function userWith(level: 'view' | 'edit', of = customerId): Promise<MadeUser> {
  const user = await make.user({ customerId: of })
  await make.group({ customerId: of, rights: [{ serviceId, level }], members: [user.id] })
  return user
}

/** The same session on the second site, under its own cookie. */
async function browserOf(user: MadeUser): Promise<TestBrowser> {
  const browser = new TestBrowser(app, settingsUrl)
  browser.cookies.set('__Host-second-session', cookieOf(await signIn(portal, user), 'session') ?? assert.fail())
  return browser
}

test('a form of the second site changes what its address names, and says so on the next page', async () => {
  const browser = await browserOf(await userWith('edit'))
  const saved = await browser.post(path, { memo: '営業部' })
  assert.deepEqual([saved.status, saved.location], [303, path])
  const { body } = await browser.get(path)
  assert.match(body, /<p role="status">メモを変更しました。<\/p>/)
  assert.match(body, /value="営業部"/)
})

test('admission asks the database: foreign and absent contracts look alike, and a form needs more than a look', async () => {
  const reader = await browserOf(await userWith('view'))
  assert.equal((await reader.get(path)).status, 200)
  const refused = await reader.send(path, { memo: 'mine', version: '1', token: 'whatever' })
  assert.deepEqual([refused.status, /<h1>403<\/h1>/.test(refused.body)], [403, true])
  const stranger = await browserOf(await userWith('edit', await make.customer()))
  for (const address of [path, secondPaths.memo({ contract: randomUUID() }), secondPaths.memo({ contract: 'x' })]) {
    assert.equal((await stranger.get(address)).status, 404, address)
    assert.equal((await stranger.send(address, { memo: 'mine', version: '1' })).status, 404, address)
  }
})

test('the second site has its own cookies, way to the login, forms and address', async () => {
  const stranger = new TestBrowser(app, settingsUrl)
  const led = await stranger.get(path)
  assert.deepEqual([led.status, led.location], [303, new URL('/login', portalUrl).href])
  assert.equal(stranger.cookies.get('__Host-second-return'), encodeURIComponent(path))
  const welcome = await stranger.get(secondPaths.welcome)
  assert.equal(welcome.status, 200)
  assert(stranger.cookies.has('__Host-second-visit'))
  const policy = welcome.headers.get('content-security-policy') ?? ''
  assert.match(policy, new RegExp(`form-action 'self' ${portalUrl.origin};`))
  const elsewhere = new TestBrowser(app, new URL('https://elsewhere.example'))
  assert.equal((await elsewhere.get(secondPaths.welcome)).status, 421)
  // The portal's cookie is none here.
  const browser = new TestBrowser(app, settingsUrl)
  browser.cookies.set('__Host-portal-session', cookieOf(await signIn(portal, await userWith('edit')), 'session') ?? '')
  assert.equal((await browser.get(path)).status, 303)
})

test('the script learns when the session ends, and lets it go on', async () => {
  const browser = await browserOf(await userWith('view'))
  const endsAt = async (): Promise<number> =>
    z.object({ endsAt: z.number() }).parse(JSON.parse((await browser.get(secondPaths.session)).body)).endsAt
  const fields = hiddenFields((await browser.get(path)).body, secondPaths.extendSession)
  const first = await endsAt()
  assert.equal(first, portal.program.now().getTime() + 60 * minutes)
  portal.advance(1 * minutes)
  assert.equal(await endsAt(), first)
  const extended = await browser.send(secondPaths.extendSession, fields)
  assert.deepEqual([extended.status, extended.location], [303, secondPaths.session])
  assert.equal(await endsAt(), portal.program.now().getTime() + 60 * minutes)
})
