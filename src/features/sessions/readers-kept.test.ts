import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomInt } from 'node:crypto'
import { after, before, mock, test } from 'node:test'
import type pg from 'pg'
import { columnsRead, type ColumnRead } from '#test/columns-read.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { signIn } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import { cookieOf } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { until } from '#test/until.ts'
import { makeTwoCustomers } from '#test/two-customers.ts'
import { hashOf } from '#platform/security/secrets.ts'
import { minutes } from '#platform/time/duration.ts'
import { paths } from '#sites/portal/paths.ts'
import { portalPages } from '#sites/portal/portal.tsx'
import { forgetReader } from './open.ts'
import { readersKept } from './readers-kept.ts'

let database: TestDatabase
let portal: TestPortal
let admin: pg.Pool
/** Two customers, each with a user and a row in every table. */
let customers: { anna: string; bob: string }
let browser: TestBrowser
/** Every statement by which something is read that is kept. */
const statements = new Set<string>()

before(async () => {
  database = await testDatabase()
  admin = superuserOf(database)
  portal = await testPortal(database)
  customers = await makeTwoCustomers(database)
  await begin()
  await walk()
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

/** Logs the reader in. */
async function begin(): Promise<void> {
  const { rows } = await admin.query<{ mail: string }>('select mail from portal_user where customer_id = $1', [
    customers.anna,
  ])
  browser = await signIn(portal, { mail: rows[0]?.mail ?? assert.fail('no user') })
}

/** Looks at every page that is about nothing in particular, and notes what is read for keeps. */
async function walk(): Promise<void> {
  const reading = new AsyncLocalStorage<true>()
  const { once } = readersKept
  const made = mock.method(readersKept, 'once', ((owner, name, make) =>
    once(owner, name, () => reading.run(true, make))) satisfies typeof once)
  database.onStatement = (text) => {
    if (reading.getStore() || text.includes('from "session" as "s"')) statements.add(text)
  }
  for (const { path, kind } of portalPages) {
    if (kind !== 'page' || path.includes(':')) continue
    for (const query of ['', '?q=N0', '?q=N0&page=2']) await browser.get(path + query)
  }
  assert(made.mock.callCount() > 10)
  database.onStatement = undefined
  made.mock.restore()
}

async function versionOfReader(): Promise<number> {
  const { rows } = await admin.query<{ version: string }>(
    'select version from door.enter_fence_by_session($1, $2, $3)',
    [hashOf(cookieOf(browser, 'session') ?? ''), portal.program.now(), '192.0.2.1'],
  )
  return Number(rows[0]?.version ?? assert.fail('no session'))
}

/** The columns that anything kept was read from; of the session, which is judged at each request, nothing that may change. */
async function columnsKept(): Promise<ColumnRead[]> {
  const read: ColumnRead[] = []
  for (const statement of statements) read.push(...(await columnsRead(admin, statement)))
  const columns = [...new Map(read.map((one) => [`${one.table}.${one.column}`, one])).values()]
  const ofSessions = columns.filter(({ table }) => table === 'session').map(({ column }) => column)
  assert.deepEqual(ofSessions.toSorted(), ['customer_id', 'token_hash', 'user_id'])
  return columns.filter(({ table }) => table !== 'session')
}

/** The rows of a customer in a table; without one, everybody's. */
function rowsOf(table: string, customer: string): string {
  if (table === 'customer') return `id = '${customer}'`
  if (['operator', 'service', 'service_category'].includes(table)) return 'true'
  return `customer_id = '${customer}'`
}

test('whatever is kept was read from tables whose changes raise the version of their reader, and of nobody else', async () => {
  const columns = await columnsKept()
  const tables = [...new Set(columns.map(({ table }) => table))].toSorted()
  assert(tables.length > 12, String(tables))
  const { rows } = await admin.query<{ table: string; moments: string }>(`
    select tgrelid::regclass::text as table, string_agg(tgtype::text, ' ' order by tgtype) as moments from pg_trigger
    where tgfoid = 'door.raise_versions'::regproc and tgenabled = 'O' group by tgrelid`)
  // After a statement that inserts, deletes, updates.
  const versioned = rows.filter(({ moments }) => moments === '4 8 16').map(({ table }) => table)
  const forgotten = tables.filter((table) => !versioned.includes(table))
  assert.deepEqual(forgotten, [], 'call versioned(…) in a migration')
  for (const { table, column } of columns.filter(({ isGenerated }) => !isGenerated)) {
    const touch = async (customer: string): Promise<boolean> => {
      const earlier = await versionOfReader()
      const where = rowsOf(table, customer)
      const { rowCount } = await admin.query(`update ${table} set ${column} = ${column} where ${where}`)
      assert(rowCount, `${table} is empty`)
      return (await versionOfReader()) > earlier
    }
    assert(await touch(customers.anna), `${table}.${column} of the reader`)
    const isEverybodys = rowsOf(table, customers.bob) === 'true'
    assert.equal(await touch(customers.bob), isEverybodys, `${table}.${column} of somebody else`)
  }
})

/** Another value of a column, by its type; those of the other types name other rows. */
const others: Record<string, (column: string) => string> = {
  text: (column) => `${column} || 'x'`,
  boolean: (column) => `not ${column}`,
  integer: (column) => `${column} + 1`,
  smallint: (column) => `${column} + 1`,
  date: (column) => `${column} + 30 - ${randomInt(60)}`,
  'timestamp with time zone': (column) => `${column} + interval '40 minutes' - interval '${randomInt(80)} minutes'`,
  jsonb: () => `'[]'`,
  uuid: (column) => (column === 'service_id' ? '(select id from service order by random() limit 1)' : column),
}

function anotherValue({ column, type }: ColumnRead): string {
  if (column === 'time_zone') return `case ${column} when 'Asia/Tokyo' then 'America/New_York' else 'Asia/Tokyo' end`
  return others[type]?.(column) ?? `(enum_range(null::${type}))[${1 + randomInt(2)}]`
}

/** Changes one column of some rows, as whoever may change anything; what the database refuses is no change. */
async function changeColumn(columns: readonly ColumnRead[]): Promise<boolean> {
  const changed = columns[randomInt(columns.length)] ?? assert.fail('no columns')
  const { table, column } = changed
  const where = `${rowsOf(table, customers.anna)} and random() < 0.7`
  return admin.query(`update ${table} set ${column} = ${anotherValue(changed)} where ${where}`).then(
    () => true,
    () => false,
  )
}

const pages = [paths.serviceMenu, paths.notices, paths.contracts, `${paths.contracts}?q=N0`, `${paths.search}?q=N0`]

/** It is noted beside the answers, and pages tell until when the session lasts. */
async function useIsNoted(): Promise<boolean> {
  const { rows } = await admin.query(
    `select from session where token_hash = $1 and last_used_at > $2::timestamptz - interval '1 minute'`,
    [hashOf(cookieOf(browser, 'session') ?? ''), portal.program.now()],
  )
  return rows.length > 0
}

/** What the reader is shown, without what is random in it, and without the lists just looked at: to look changes these. */
async function look(): Promise<string[]> {
  const shown: string[] = []
  for (const page of pages) {
    const { status, body } = await browser.get(page)
    assert.equal(status, 200, page)
    const lasting = body.replace(/<section [^>]*aria-label="(?:最近の操作|Recent)">[^]*?<\/section>/, '')
    shown.push(lasting.replaceAll(/name="token" value="[^"]*"/g, ''))
  }
  return shown
}

test('after whatever change, and as time goes by, readers are shown what they would be shown if nothing were kept', async () => {
  const columns = (await columnsKept()).filter(({ isGenerated }) => !isGenerated)
  let changes = 0
  for (let run = 0; run < runs({ usual: 40, many: 2000 }); run++) {
    if (randomInt(4) === 0) portal.advance(randomInt(10 * minutes))
    else if (await changeColumn(columns)) changes++
    if ((await browser.get(paths.serviceMenu)).status !== 200) await begin()
    await until(useIsNoted)
    const shown = await look()
    forgetReader(cookieOf(browser, 'session') ?? '')
    const fresh = await look()
    assert.deepEqual(shown, fresh)
  }
  assert(changes > 0)
})
