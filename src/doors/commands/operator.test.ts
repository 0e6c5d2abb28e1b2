import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { z } from 'zod'
import { loginHash } from '#features/sign-in/login-id.ts'
import { superuser } from '#program/embedded-postgres/initialise.ts'
import { secretsOf } from '#platform/security/secrets.ts'
import { addressesOf, customer, type ImportTest, openImportTest, urlOf } from '#test/import-file.ts'
import { testUrl } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Ended, typed } from '#test/typed.ts'

const key = randomBytes(32)
let world: ImportTest

before(async () => {
  world = await openImportTest()
})
after(() => world[Symbol.asyncDispose]())

for (const command of [
  [],
  ['init-database'],
  ['import'],
  ['users'],
  ['unlock'],
  ['send-opening-notice'],
  ['feedback'],
  ['address-clashes'],
  ['verify-history'],
]) {
  test(`${command.join() || 'the command line'} tells how it is used`, async () => {
    const { exitCode, output } = await typed({}, ...command, '--help')
    assert.equal(exitCode, 0)
    assert.match(output, new RegExp(`^Usage: npm run operator -- ${command.join() || 'COMMAND'}`))
  })
}

for (const words of [
  ['nonsense'],
  ['import'],
  ['import', '--nope'],
  ['users', 'anna'],
  ['feedback', 'anna'],
  ['address-clashes', 'anna'],
  ['address-clashes', '--refill'],
  ['feedback', '--since', '2026-02-30'],
  ['unlock'],
  ['send-opening-notice'],
  ['init-database'],
  ['init-database', '--admin-url', 'https://db.example/postgres'],
]) {
  test(`"${words.join(' ')}" is told to be typed wrongly`, async () => {
    assert.equal((await typed({}, ...words)).exitCode, 2)
  })
}

test('a faulty file ends with 1 and the line', async () => {
  const path = await world.write({ customers: [{ code: 'acme' }] })
  const { exitCode, problems } = await started(addressesOf(world), 'import', path)
  assert.deepEqual([exitCode, problems], [1, `${path}:3: customers[0].name is missing\n`])
})

test('an import says what came of it', async () => {
  const acme = customer('acme')
  assert.match((await keyHolder('import', await world.write({ customers: [acme] }))).output, /contracts +2 +0 +0\n/)
  const contracts = acme.contracts.slice(1)
  const { exitCode, output } = await operator('import', await world.write({ customers: [{ ...acme, contracts }] }))
  assert.equal(exitCode, 0)
  assert.match(output, new RegExp(`nothing was deleted\\):\n  contracts of acme: ${acme.contracts[0]?.number}\n`))
})

test('a locked user is listed as such, unlocked, and the access history notes it', async () => {
  await world.bring({ customers: [customer('locked')] })
  const locked = { login_hash: loginHash(secretsOf([key]), 'anna@locked.example'), failures: 5, touched_at: new Date() }
  await world.database.operator.transaction((tx) =>
    tx
      .insertInto('sign_in_guard')
      .values({ ...locked, locked_until: new Date(Date.now() + 1e6) })
      .execute(),
  )
  assert.match(
    (await keyHolder('users', '--customer', 'locked')).output,
    /anna@locked\.example +Anna .* locked +- +locked +queued\n/,
  )
  assert.doesNotMatch((await operator('users', '--customer', 'locked')).output, /, locked/)
  assert.equal((await keyHolder('unlock', 'Anna@locked.example')).exitCode, 0)
  assert.doesNotMatch((await keyHolder('users', '--customer', 'locked')).output, /, locked/)
  const history = await world.database.operator.transaction((tx) =>
    tx.selectFrom('access_history').select(['event', 'user_name']).execute(),
  )
  assert.deepEqual(history, [{ event: 'unlocked', user_name: 'Anna' }])
})

test('feedback is listed by day of the operator, harmless to a terminal, and in full as JSON', async () => {
  await world.bring({ customers: [customer('telling')] })
  const give = (at: string, told: string): Promise<unknown> =>
    world.query(sql`
      insert into feedback (customer_id, user_id, user_name, at, page, text, language, browser)
      select customer_id, id, 'Anna', ${at}::timestamptz, '/manuals', ${told}, 'ja', 'Firefox 145'
      from portal_user where login_id = 'anna@telling.example'`)
  const admin = superuserOf(world.database)
  await admin.query('grant insert on feedback to portal_operator')
  await give('2026-11-21T14:59:00Z', 'before')
  await give('2026-11-21T15:00:00Z', 'line\none \u001b[31m\u009b32mred\u0007\u202e')
  await admin.query('revoke insert on feedback from portal_operator')
  await admin.end()
  const { output } = await operator('feedback', '--since', '2026-11-22')
  assert.equal(
    output,
    '2026-11-22 00:00:00+09:00  telling  Anna <anna@telling.example>  /manuals  -  ja  Firefox 145\n    line\n    one red\n\n',
  )
  assert.equal(
    (await operator('feedback', '--since', '2199-01-01')).output,
    'Nobody has written anything since 2199-01-01.\n',
  )
  const { output: json } = await operator('feedback', '--json')
  assert.doesNotMatch(json, /[^\P{Cc}\n]/u)
  const listed = z.array(z.object({ text: z.string(), at: z.string() })).parse(JSON.parse(json))
  assert.deepEqual(
    listed.map((each) => [each.text, each.at]),
    [
      ['before', '2026-11-21T14:59:00.000Z'],
      ['line\none \u001b[31m\u009b32mred\u0007\u202e', '2026-11-21T15:00:00.000Z'],
    ],
  )
})

test('who does not exist cannot be unlocked', async () => {
  const { exitCode, problems } = await keyHolder('unlock', 'nobody@example.com')
  assert.deepEqual([exitCode, problems], [1, 'No user has the mail address nobody@example.com.\n'])
})

test('to unlock, the key of the portal is needed', async () => {
  const { exitCode, problems } = await operator('unlock', 'nobody@example.com')
  assert.equal(exitCode, 1)
  assert.match(problems, /^SECRET_KEY is needed.*\n$/)
})

test('new users are sent a link, so an import that makes some needs the key of the portal', async () => {
  const { exitCode, problems } = await operator('import', await world.write({ customers: [customer('keyless')] }))
  assert.equal(exitCode, 1)
  assert.match(problems, /^PORTAL_URL and SECRET_KEY are needed.*\n$/)
  assert.deepEqual(await world.groupsOf('keyless'), [])
})

test('the opening notice is sent once more to whoever awaits registration, and to nobody else', async () => {
  await world.bring({ customers: [customer('again')] })
  const mails = async (): Promise<unknown[]> =>
    world.query(sql`select kind from mail where recipient = 'anna@again.example'`)
  assert.equal((await mails()).length, 1)
  assert.equal((await keyHolder('send-opening-notice', 'Anna@again.example')).exitCode, 0)
  assert.equal((await mails()).length, 2)
  await world.query(sql`update portal_user set state = 'active' where mail = 'anna@again.example'`)
  const late = await keyHolder('send-opening-notice', 'anna@again.example')
  assert.deepEqual([late.exitCode, late.problems], [1, 'anna@again.example does not await registration.\n'])
  assert.match((await operator('send-opening-notice', 'anna@again.example')).problems, /^PORTAL_URL and SECRET_KEY/)
  assert.equal((await mails()).length, 2)
})

test('a database of ours is made with nothing but its addresses', async () => {
  const { ownerConfig, appConfig } = world.database
  const database = `test_${randomUUID().replaceAll('-', '')}`
  const addresses = {
    DATABASE_URL: urlOf({ ...appConfig, database }),
    DATABASE_OWNER_URL: urlOf({ ...ownerConfig, database }),
  }
  const adminUrl = urlOf({ ...ownerConfig, user: superuser, database: 'postgres' })
  const { exitCode, output, problems } = await started(addresses, 'init-database', '--admin-url', adminUrl)
  assert.deepEqual([exitCode, problems], [0, ''])
  assert.match(output, new RegExp(`^The database ${database} and its roles are there`))
  assert.equal((await typed(addresses, 'users')).exitCode, 0)
  await using admin = Object.assign(superuserOf(world.database), { [Symbol.asyncDispose]: () => admin.end() })
  await admin.query(`drop database ${database} with (force)`)
})

test('of the addresses of a database to be made the one that leads nowhere is named', async () => {
  // Nobody listens on the discard port of this machine.
  const given = {
    DATABASE_URL: 'postgres://portal_app@127.0.0.1:9/portal',
    DATABASE_OWNER_URL: 'postgres://portal_owner@127.0.0.1:9/portal',
  }
  const { exitCode, problems } = await typed(
    given,
    'init-database',
    '--admin-url',
    'postgres://postgres@127.0.0.1:9/postgres',
  )
  assert.deepEqual([exitCode, problems], [1, '--admin-url: connect ECONNREFUSED 127.0.0.1:9\n'])
})

const owner = 'postgres://portal_owner@db.example/portal'
const wrongAddresses: [why: string, given: Record<string, string>, line: RegExp][] = [
  ['there is none', {}, /^DATABASE_URL and DATABASE_OWNER_URL are needed: /],
  ['one is missing', { DATABASE_OWNER_URL: owner }, /^DATABASE_URL and DATABASE_OWNER_URL are needed both/],
  ['one is no address', { DATABASE_URL: 'portal', DATABASE_OWNER_URL: owner }, /^DATABASE_URL: must be an address/],
  ['the user is another', { DATABASE_URL: owner, DATABASE_OWNER_URL: owner }, /^DATABASE_URL: the user must be/],
  [
    'the password is written wrongly',
    { DATABASE_URL: 'postgres://portal_app:50%@db.example/portal', DATABASE_OWNER_URL: owner },
    /^DATABASE_URL: has a % /,
  ],
  [
    'they name two databases',
    { DATABASE_URL: 'postgres://portal_app@db.example/other', DATABASE_OWNER_URL: owner },
    /^DATABASE_URL names the database other and DATABASE_OWNER_URL portal\./,
  ],
]

for (const [why, given, line] of wrongAddresses)
  test(`no database is made when of the addresses ${why}`, async () => {
    const admin = ['--admin-url', 'postgres://postgres@db.example/postgres']
    const { exitCode, problems } = await typed(given, 'init-database', ...admin)
    assert.equal(exitCode, 1)
    assert.match(problems, line)
    assert.equal(problems.split('\n').length, 2)
  })

/** Knows where the database is, and nothing else. */
function operator(...args: string[]): Promise<Ended> {
  return typed(addressesOf(world), ...args)
}

function keyHolder(...args: string[]): Promise<Ended> {
  return typed({ ...addressesOf(world), PORTAL_URL: testUrl.href, SECRET_KEY: key.toString('base64') }, ...args)
}

/** In a process of its own, as an operator does. */
async function started(settings: Record<string, string>, ...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/doors/commands/operator.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...settings },
  })
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [exitCode, output, problems] = await Promise.all([exit, text(child.stdout), text(child.stderr)])
  return { exitCode, output, problems }
}
