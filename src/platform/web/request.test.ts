import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after as afterAll, test } from 'node:test'
import { portalPages } from '#sites/portal/portal.tsx'
import { DatabaseUnavailable } from '../database/faults.ts'
import { minutes } from '../time/duration.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { makerOf, password, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { copyCookies, enterCode, formOf, isSignedIn } from '#test/sign-in.ts'
import { preferredLanguage } from './request.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const origin = 'http://localhost:3000'
const addresses = portalPages.map(({ path }) => path.replaceAll(/:\w+/g, randomUUID()))

const foreign = [
  'evil.example',
  'localhost.evil.example',
  'localhost:3000@evil.example',
  'evil.example:3000',
  '192.0.2.1',
  ' ',
]
for (const host of foreign) {
  test(`nothing is answered under the name "${host}"`, async () => {
    const answer = await portal.browser().get('/login', { host })
    assert.equal(answer.status, 421)
    assert.equal(answer.body, 'Misdirected Request')
    assert.deepEqual(answer.headers.getSetCookie(), [])
  })
}

test('a product answers under its own name only, not under that of its machine', async () => {
  const product = await testPortal(database, { demo: false, portalUrl: new URL('https://portal.example.jp') })
  const ask = async (host: string): Promise<number> => (await product.browser().get('/login', { host })).status
  assert.equal(await ask('portal.example.jp'), 200)
  for (const host of [
    'localhost',
    '127.0.0.1:3000',
    'portal.example.jp:8443',
    'PORTAL.example.jp.',
    'settings.example.jp',
  ])
    assert.equal(await ask(host), 421, host)
})

test('a proxy that hands on another host is told of in the log, once', async (t) => {
  const set = await testPortal(database)
  const { mock } = t.mock.method(set.program.log, 'warn', () => undefined)
  const host = `127.0.0.1.${'x'.repeat(200)}`
  for (let i = 0; i < 2; i++) await set.browser().get('/login', { host })
  assert.deepEqual(
    mock.calls.map(({ arguments: said }) => said),
    [[{ host: host.slice(0, 100), expected: 'localhost:3000' }, 'asked for under another host: 421']],
  )
})

test('other names that proxies pass on make no link, address or cookie', async () => {
  const headers = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'javascript',
    'x-forwarded-port': '66613',
    'x-original-url': '/services',
    'x-rewrite-url': '/services',
    forwarded: 'host=evil.example;proto=http',
  }
  const answer = await portal.browser().get('/login', headers)
  assert.equal(answer.status, 200)
  assert.doesNotMatch(answer.body + [...answer.headers].join(), /evil\.example|\b66613\b/)
  assert.match((await portal.browser().get('/profile', headers)).location, /^\/login\?return=%2Fprofile$/)
})

test('whoever is not logged in gets the same decision for HEAD as for GET on every page', async () => {
  for (const address of addresses) {
    // Each by a browser without cookies, for the first answer sets one.
    const got = await portal.browser().get(address)
    const asked = await portal.browser().request(address, { method: 'HEAD' })
    assert.deepEqual([asked.status, asked.location, asked.body], [got.status, got.location, ''], address)
  }
})

test('a general user gets the same decision for HEAD as for GET on every page', async () => {
  const browser = await signIn(portal, await make.user())
  for (const address of addresses) {
    const got = await browser.get(address)
    const asked = await browser.request(address, { method: 'HEAD' })
    assert.deepEqual([asked.status, asked.location, asked.body], [got.status, got.location, ''], address)
  }
  assert.ok(await isSignedIn(browser))
})

test('other methods, and headers that name another one, change nothing', async () => {
  const browser = await signIn(portal, await make.user())
  const overrides = ['x-http-method-override', 'x-http-method', 'x-method-override']
  for (const address of addresses) {
    for (const method of ['OPTIONS', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
      const answer = await copyCookies(browser, portal.browser()).request(address, { method, headers: { origin } })
      assert.equal(answer.status, 404, `${method} ${address}`)
      assert.deepEqual(answer.headers.getSetCookie(), [])
    }
    for (const name of overrides) await browser.get(address, { [name]: 'POST' })
    await browser.get(`${address}?_method=POST`)
  }
  assert.ok(await isSignedIn(browser))
})

const large = 'x'.repeat(64 * 1024)
for (const { how, init } of [
  { how: 'that says its length', init: { body: `username=${large}` } },
  { how: 'that says nothing of its length', init: { body: streamOf(`username=${large}`), duplex: 'half' } },
]) {
  test(`a body of more than 64 KiB ${how} is refused`, async () => {
    const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await portal.browser().request('/login', { ...init, method: 'POST', headers })
    assert.equal(answer.status, 413)
    assert.ok(!answer.body.includes(large))
  })
}

const strangers = [
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '/%09/evil.example',
  '\\\\evil.example',
  'https:evil.example',
  '/..//evil.example',
  '/%2f%2fevil.example',
  '/@evil.example',
  'https://evil.example/services',
  '/services@evil.example',
]
for (const wanted of strangers) {
  test(`after the login "${wanted}" leads to the service menu`, async () => {
    const user = await make.user()
    const browser = portal.browser()
    const start = `/login?${new URLSearchParams({ return: wanted })}`
    const begun = await browser.send(start, {
      ...(await formOf(browser, '/login', start)),
      username: user.mail,
      password,
    })
    assert.equal(begun.location, '/login/second-step')
    // Put straight into the cookie it leads nowhere else either.
    browser.cookies.set('__Host-portal-return', encodeURIComponent(wanted))
    const finished = await enterCode(browser, await portal.newestCode(user.mail))
    assert.equal(finished.location, '/services')
  })
}

test('the choice of a language leads to the same page of this very site', async () => {
  for (const path of [
    '//evil.example/',
    '///evil.example',
    '/.//evil.example',
    '/%5cevil.example',
    '/\\evil.example',
  ]) {
    const { status, location } = await portal.browser().get(`${origin}${path}?lang=en`)
    assert.equal(status, 303)
    assert.equal(new URL(location, origin).origin, origin, path)
  }
  assert.equal((await portal.browser().get('/login?lang=en&over=time')).location, '/login?over=time')
  assert.equal((await portal.browser().get('/login?lang=xx')).status, 200)
})

test('every cookie is for this host alone, hidden from scripts and sent over TLS only', async () => {
  const user = await make.user()
  const browser = portal.browser()
  const answers = [await browser.get('/login?lang=en'), await browser.get('/login?return=/profile')]
  answers.push(await browser.post('/login', { username: user.mail, password }))
  answers.push(await enterCode(browser, await portal.newestCode(user.mail)))
  answers.push(await browser.post('/logout', {}, { from: '/services' }))
  const cookies = answers.flatMap(({ headers }) => headers.getSetCookie())
  assert.ok(cookies.length >= 8)
  for (const cookie of cookies) {
    assert.match(cookie, /^__Host-portal-[\w-]+=/)
    for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax'])
      assert.ok(cookie.split('; ').includes(part), cookie)
    assert.doesNotMatch(cookie, /domain=/i)
  }
})

test('the database failing while the use of a session is noted harms nobody', async () => {
  let failing = false
  const flaky: TestDatabase = {
    ...database,
    app: {
      ...database.app,
      transaction: async (work) => {
        const result = await database.app.transaction(work)
        // Fails the second transaction of the request, which notes the use.
        if (failing) throw new DatabaseUnavailable('gone')
        failing = isDue
        return result
      },
    },
  }
  let isDue = false
  const shaky = await testPortal(flaky)
  const browser = await signIn(shaky, await make.user())
  shaky.advance(2 * minutes)
  isDue = true
  assert.equal((await browser.get('/services')).status, 200)
  await new Promise((resolve) => setTimeout(resolve, 100))
  ;[isDue, failing] = [false, false]
  assert.equal((await browser.get('/services')).status, 200)
})

test('the first of our languages that a browser names is taken, and Japanese when it names none', () => {
  for (const [header, language] of [
    ['en-GB,en;q=0.9,ja;q=0.8', 'en'],
    ['fr, ja;q=0.5', 'ja'],
    ['EN', 'en'],
    ['de,fr', 'ja'],
    ['', 'ja'],
    [undefined, 'ja'],
  ] as const)
    assert.equal(preferredLanguage(header), language)
})

function streamOf(text: string): ReadableStream {
  return new Blob([text]).stream()
}
