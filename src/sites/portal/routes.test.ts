import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cookieName } from '#test/sign-in.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type Make, type MadeUser, makerOf, signIn } from '#test/make.ts'
import { someOf } from '#test/many-runs.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import { type Sights, sightsOf } from '#test/sights.ts'
import { superuserOf } from '#test/superuser.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'
import { addressOf as fill } from '#platform/web/paths.ts'
import { paths } from './paths.ts'
import { portalPages } from './portal.tsx'

let database: TestDatabase
let portal: TestPortal
let make: Make
let user: MadeUser
let browser: TestBrowser
let userSees: Sights

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  make = makerOf(database)
  user = await userWith(20)
  browser = await signIn(portal, user)
  userSees = await sightsOf(database, user)
})
after(() => database[Symbol.asyncDispose]())

/** An administrator with a right on everything, who has so many services, and a contract and a fault of each. */
async function userWith(services: number): Promise<MadeUser> {
  const made = await make.user({ role: 'portal-administrator' })
  await make.group({ customerId: made.customerId, name: '全サービス', rights: [{ level: 'view' }], members: [made.id] })
  for (let i = 0; i < services; i++) {
    const serviceId = await make.service({ name: `スマートPBX オプション ${i}` })
    const contractId = await make.contract({ customerId: made.customerId, serviceId })
    await make.fault({ customerId: made.customerId, contractId })
  }
  await addPast(made)
  return made
}

/** As many faults behind each contract as there are contracts, and a wish to be told of each. */
async function addPast({ customerId, id }: MadeUser): Promise<void> {
  const admin = superuserOf(database)
  const past = `with past as (
      insert into incident (customer_id, code, kind, title_ja, title_en, starts_at, ends_at, updated_at)
      select customer_id, id, 'fault', '停電', 'Power cut', now() - interval '40 days', now() - interval '39 days', now()
      from contract where customer_id = $1 returning customer_id, id)
    insert into incident_contract (customer_id, incident_id, contract_id)
    select $1, past.id, k.id from past join contract k using (customer_id)`
  const wishes = `insert into mail_wish (customer_id, user_id, topic, contract_id, made_at)
    select customer_id, $2, 'fault', id, now() from contract where customer_id = $1`
  await admin.query(past, [customerId])
  await admin.query(wishes, [customerId, id])
  await admin.end()
}

/** The address of a page, about what `sees` names. */
function addressOf(path: string, sees: Sights = userSees): string {
  return path.includes(':') ? fill(path, sees[path] ?? assert.fail(`${path} belongs into test/sights.ts`)) : path
}

const ownPages = portalPages.filter(({ allow }) => allow !== 'anybody')
const viewed = portalPages.filter(({ kind }) => kind === 'page').map(({ path }) => path)

test('without a login, what is not for anybody leads to the login and back', async () => {
  assert(ownPages.length > 5)
  const stranger = portal.browser()
  for (const { path, kind, methods } of ownPages) {
    const answers = [
      ...(methods.includes('GET') ? [await stranger.get(path)] : []),
      ...(methods.includes('POST') ? [await stranger.send(path, {})] : []),
    ]
    for (const { status, location, body } of answers) {
      assert.equal(status, 303, path)
      // Back to where something can be seen.
      const { pathname, searchParams } = new URL(location, 'https://portal.invalid')
      assert.equal(pathname, paths.signIn)
      assert.equal(searchParams.get('return'), kind === 'page' ? path : null, path)
      assert.equal(body, '')
    }
  }
})

test('a login that has ended, or that never was, is no login', async () => {
  const ended = await signIn(portal, user)
  const value = ended.cookies.get(cookieName('session')) ?? assert.fail('no login')
  assert.equal((await ended.get(paths.profile)).status, 200)
  await ended.post(paths.signOut, {}, { from: paths.profile })
  for (const token of [value, '', 'x', 'x'.repeat(43), "' or true --"]) {
    const forged = portal.browser()
    forged.cookies.set(cookieName('session'), token)
    for (const { path } of ownPages.filter(({ methods }) => methods.includes('GET'))) {
      const { status, location, body } = await forged.get(path)
      assert.deepEqual([status, body], [303, ''], path)
      assert.equal(new URL(location, portal.program.config.portalUrl).pathname, paths.signIn, path)
    }
  }
})

test('what is for anybody works without a login, and with one', async () => {
  const stranger = portal.browser()
  for (const { path } of portalPages.filter(({ allow, methods }) => allow === 'anybody' && methods.includes('GET'))) {
    const { status, location } = await stranger.get(path)
    // The second step has to follow the first, and those of a first login its URL.
    if (status === 303) assert.equal(location, path.startsWith('/first-login/') ? paths.firstLogin : paths.signIn)
    else assert.equal(status, 200, path)
    assert((await browser.get(path)).status < 400, path)
  }
})

test('every page with a view can be opened by its user', async () => {
  for (const path of viewed) assert([200, 303].includes((await browser.get(addressOf(path))).status), path)
})

/** What a page says, without the way back, which differs for whoever is logged in. */
const textOf = ({ body }: Answer): string =>
  /<main[\s\S]*<div class="button-row">/.exec(body)?.[0] ?? assert.fail('an error page without a way back')

test('a path that does not exist is not found, whoever asks, and says nothing else', async () => {
  const stranger = portal.browser()
  for (const path of ['/nowhere', '/profile/', '/%00', '/..%2f', '/<script>alert(1)</script>', '/SERVICES']) {
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

const noIds = ['x', "'", '\0', '%', 'あ', '1'.repeat(5000)]

test('a page about what another customer has is as little found as one about nothing', async () => {
  const theirs = await sightsOf(database, await userWith(1))
  // The list of what can be set says why it is empty, of whatever service (settings-list.test.ts), and so do its files.
  const aboutOne = portalPages.filter(({ path }) => path.includes(':') && !path.startsWith(paths.settingsList.pattern))
  assert(aboutOne.length >= 3)
  const nothing = textOf(await browser.get('/nowhere'))
  for (const { path, methods } of aboutOne) {
    const [name = ''] = Object.keys(userSees[path] ?? {})
    for (const id of [theirs[path]?.[name] ?? '', crypto.randomUUID(), ...someOf(noIds, 2)]) {
      const address = fill(path, { ...userSees[path], [name]: id })
      for (const method of methods) {
        const answer = method === 'GET' ? await browser.get(address) : await browser.send(address, {})
        assert.equal(answer.status, 404, `${method} ${address}`)
        assert.equal(textOf(answer), nothing)
      }
    }
  }
})

/** Begin, commit and savepoints, and what is noted after the answer. */
const beside = /^(savepoint|release|rollback|select set_config\('app\.customer'|\s*with forgotten as)/

/** When nothing has changed meanwhile: the first look may change something, such as that a notice is read, which the next reads anew. */
async function statementsFor(who: TestBrowser, path: string): Promise<string[]> {
  for (let looks = 0; looks < 2; looks++) await who.get(path)
  database.statements.length = 0
  assert([200, 303].includes((await who.get(path)).status), path)
  return database.statements.filter((text) => !beside.test(text))
}

/** A list, and what a page about one thing may take beside. */
const mostStatements = (path: string): number => (path.includes(':') ? 5 : 4)

test('a list takes at most four statements, however many rows there are', async () => {
  const little = await userWith(1)
  const few = await signIn(portal, little)
  const fewSees = await sightsOf(database, little)
  const much = await userWith(3)
  const serviceId = await make.service()
  for (let i = 0; i < 200; i++) await make.contract({ customerId: much.customerId, serviceId })
  const many = await signIn(portal, much)
  const manySees = await sightsOf(database, much)
  const tooMany: string[] = []
  for (const path of [...viewed, paths.session]) {
    const taken = await statementsFor(few, addressOf(path, fewSees))
    if (taken.length > mostStatements(path)) tooMany.push(`${path}: ${taken.length}`)
    assert.deepEqual(await statementsFor(many, addressOf(path, manySees)), taken, path)
  }
  assert.deepEqual(tooMany, [])
  const strangers = await statementsFor(portal.browser(), paths.signIn)
  assert(strangers.length <= 2)
})

/** KB of the promise. */
const kilobyte = 1024

test('pages, style sheet and script are light', async () => {
  // What another test was told is no part of a page.
  const own = [...browser.cookies].filter(([name]) => !name.endsWith('notice'))
  const cookie = own.map(([name, value]) => `${name}=${value}`).join('; ')
  for (const path of viewed) {
    const answer = await portal.app.request(
      new URL(addressOf(path), portal.program.config.portalUrl),
      {
        headers: {
          'accept-encoding': 'gzip, br',
          cookie,
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
