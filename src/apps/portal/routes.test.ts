import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cookieName } from '#test/sign-in.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type Make, type MadeUser, makerOf, signIn } from '#test/make.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'
import { paths } from './paths.ts'
import { portalPages } from './portal.tsx'

let database: TestDatabase
let portal: TestPortal
let make: Make
let user: MadeUser
let browser: TestBrowser

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  make = makerOf(database)
  user = await userWith(20)
  browser = await signIn(portal, user)
})
after(() => database[Symbol.asyncDispose]())

/** Somebody with a right on everything, who has so many services, and a contract and a fault of each. */
async function userWith(services: number): Promise<MadeUser> {
  const made = await make.user()
  await make.group({ customerId: made.customerId, name: '全サービス', rights: [{ level: 'view' }], members: [made.id] })
  for (let i = 0; i < services; i++) {
    const serviceId = await make.service({ name: `スマートPBX オプション ${i}` })
    const contractId = await make.contract({ customerId: made.customerId, serviceId })
    await make.fault({ customerId: made.customerId, contractId })
  }
  return made
}

const ownPages = portalPages.filter(({ allow }) => allow !== 'anybody')
const viewed = portalPages.filter(({ isView }) => isView).map(({ path }) => path)

test('without a login, what is not for anybody leads to the login and back', async () => {
  assert(ownPages.length > 5)
  const stranger = portal.browser()
  for (const { path, takesForms, canBeOpened, isView } of ownPages) {
    const answers = [
      ...(canBeOpened ? [await stranger.get(path)] : []),
      ...(takesForms ? [await stranger.send(path, {})] : []),
    ]
    for (const { status, location, body } of answers) {
      assert.equal(status, 303, path)
      // Back to where something can be seen.
      const { pathname, searchParams } = new URL(location, 'https://portal.invalid')
      assert.equal(pathname, paths.signIn)
      assert.equal(searchParams.get('return'), isView ? path : null, path)
      assert.equal(body, '')
    }
  }
})

test('a login that has ended, or that never was, is no login', async () => {
  for (const value of ['', 'x', 'x'.repeat(43), "' or true --"]) {
    const forged = portal.browser()
    forged.cookies.set(cookieName('session'), value)
    for (const { path } of ownPages.filter(({ canBeOpened }) => canBeOpened))
      assert.equal((await forged.get(path)).status, 303, path)
  }
})

test('what is for anybody works without a login, and with one', async () => {
  const stranger = portal.browser()
  for (const { path } of portalPages.filter(({ allow, canBeOpened }) => allow === 'anybody' && canBeOpened)) {
    const { status, location } = await stranger.get(path)
    // The second step has to follow the first.
    if (status === 303) assert.equal(location, paths.signIn)
    else assert.equal(status, 200, path)
    assert((await browser.get(path)).status < 400, path)
  }
})

test('every page with a view can be opened by its user', async () => {
  for (const path of viewed) assert([200, 303].includes((await browser.get(path)).status), path)
})

/** What a page says, without the way back, which differs for whoever is logged in. */
const textOf = ({ body }: Answer): string =>
  /<main[\s\S]*<div class="button-row">/.exec(body)?.[0] ?? assert.fail('an error page without a way back')

test('a path that does not exist is not found, whoever asks, and says nothing else', async () => {
  const stranger = portal.browser()
  for (const path of [
    '/nowhere',
    '/services/unknown',
    '/profile/',
    '/%00',
    '/..%2f',
    '/<script>alert(1)</script>',
    '/SERVICES',
  ]) {
    const [out, own] = [await stranger.get(path), await browser.get(path)]
    assert.equal(out.status, 404, path)
    assert.equal(own.status, 404, path)
    assert.equal(textOf(out), textOf(own))
    assert(!out.body.includes(user.name) && !out.body.includes('スマートPBX'))
    assert(!out.body.includes('<script>alert'))
    assert.equal((await stranger.send(path, {})).status, 404, `POST ${path}`)
  }
})

/** Every field and path that takes an id, with one of another customer's, and what it stands for. */
const idTaking: { path: string; field: string; table: string }[] = [
  { path: paths.endSession, field: 'session', table: 'session' },
]

test('an id of another customer is answered like one that does not exist, and changes nothing', async () => {
  assert.deepEqual(
    Object.values(paths).filter((path) => path.includes(':')),
    [],
    'a path with an id belongs into this test',
  )
  const admin = superuserOf(database)
  const other = await make.user()
  await signIn(portal, other)
  const ownOther = await make.user({ customerId: user.customerId })
  await signIn(portal, ownOther)
  for (const { path, field, table } of idTaking) {
    const rows = async (): Promise<unknown[]> => (await admin.query<object>(`select * from ${table} order by id`)).rows
    const idOf = async ({ id }: MadeUser): Promise<string> =>
      (await admin.query<{ id: string }>(`select id from ${table} where user_id = $1`, [id])).rows[0]?.id ?? ''
    const earlier = await rows()
    const post = async (id: string): Promise<object> => {
      const { status, location, body, headers } = await browser.post(path, { [field]: id }, { from: paths.sessions })
      return { status, location, body, cookies: headers.getSetCookie() }
    }
    // Two sessions, so that the page has the form.
    const absent = await post(crypto.randomUUID())
    assert.deepEqual(await post(await idOf(other)), absent, `${path} of another customer`)
    assert.deepEqual(await post(await idOf(ownOther)), absent, `${path} of another user`)
    assert.deepEqual(await rows(), earlier)
  }
  await admin.end()
})

/** Beside begin, commit and savepoints. */
async function statementsFor(who: TestBrowser, path: string): Promise<string[]> {
  database.statements.length = 0
  assert([200, 303].includes((await who.get(path)).status), path)
  return database.statements.filter((text) => !/^(savepoint|release|rollback)/.test(text))
}

test('a page takes at most four statements, however many rows there are', async () => {
  const few = await signIn(portal, await userWith(1))
  const much = await userWith(3)
  const serviceId = await make.service()
  for (let i = 0; i < 200; i++) await make.contract({ customerId: much.customerId, serviceId })
  const many = await signIn(portal, much)
  for (const path of [...viewed, paths.session]) {
    const taken = await statementsFor(few, path)
    assert(taken.length <= 4, `${path}: ${taken.join('\n')}`)
    assert.deepEqual(await statementsFor(many, path), taken, path)
  }
  const strangers = await statementsFor(portal.browser(), paths.signIn)
  assert(strangers.length <= 2)
})

/** KB of the promise. */
const kilobyte = 1024

test('pages, style sheet and script are light', async () => {
  for (const path of viewed) {
    const answer = await portal.app.request(
      new URL(path, portal.program.config.portalUrl),
      {
        headers: {
          'accept-encoding': 'gzip, br',
          cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        },
      },
      { incoming: { socket: { remoteAddress: '192.0.2.1' } } },
    )
    if (answer.status === 303) continue
    assert.equal(answer.headers.get('content-encoding'), 'br')
    const weight = (await answer.arrayBuffer()).byteLength
    assert(weight <= 8 * kilobyte, `${path}: ${weight}`)
  }
  const { stylesheet, script } = portal.program.assets.weights
  assert(stylesheet <= 12 * kilobyte, `style sheet: ${stylesheet}`)
  assert(script <= 5 * kilobyte, `script: ${script}`)
})
