import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import pg from 'pg'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'

let database: TestDatabase
let admin: pg.Pool
/** What the worker's jobs work with, in a zone where the months begin at other hours. */
let worker: pg.Client

before(async () => {
  database = await testDatabase()
  admin = superuserOf(database)
  await makerOf(database).operator()
  worker = new pg.Client({ ...database.ownerConfig, options: '-c role=portal_operator -c timezone=Asia/Tokyo' })
  await worker.connect()
})
after(async () => {
  await Promise.all([admin.end(), worker.end()])
  await database[Symbol.asyncDispose]()
})
beforeEach(async () => {
  for (const name of Object.keys(await months())) await admin.query(`drop table ${name}`)
  await admin.query('truncate access_history')
})

/** The bounds of the partitions but the default one, by name. */
async function months(): Promise<Record<string, string>> {
  const { rows } = await admin.query<{ name: string; bounds: string }>(`
    select relname as name, pg_get_expr(relpartbound, pg_class.oid) as bounds from pg_class
    join pg_inherits on inhrelid = pg_class.oid
    where inhparent = 'access_history'::regclass and relname <> 'access_history_default' order by 1`)
  return Object.fromEntries(rows.map(({ name, bounds }) => [name, bounds]))
}

const add = (moment: string) => worker.query('call add_access_history_months($1)', [moment])
const drop = (moment: string) => worker.query('call drop_old_access_history($1)', [moment])
const record = (...times: string[]) =>
  worker.query(`insert into access_history (at, event) select t, 'failed' from unnest($1::timestamptz[]) t`, [times])

test("a month's partition begins and ends at midnight UTC, whatever the session's zone", async () => {
  // The first of December in Tokyo already.
  await add('2030-11-30T20:00:00Z')
  const bounds = (from: string, to: string) => `FOR VALUES FROM ('${from} 00:00:00+00') TO ('${to} 00:00:00+00')`
  const expected = {
    access_history_2030_11: bounds('2030-11-01', '2030-12-01'),
    access_history_2030_12: bounds('2030-12-01', '2031-01-01'),
    access_history_2031_01: bounds('2031-01-01', '2031-02-01'),
  }
  assert.deepEqual(await months(), expected)
  await add('2030-11-30T20:00:00Z')
  assert.deepEqual(await months(), expected)
})

test('what was written before its month was made is moved there, behind the fence', async () => {
  await record('2030-02-10T00:00:00Z', '2030-05-01T00:00:00Z', '2030-05-31T23:59:59Z')
  await add('2030-05-20T00:00:00Z')
  const { rows } = await admin.query(
    'select tableoid::regclass::text as place, count(*)::integer from access_history group by 1 order by 1',
  )
  assert.deepEqual(rows, [
    { place: 'access_history_2030_02', count: 1 },
    { place: 'access_history_2030_05', count: 2 },
  ])
  const { rows: open } = await admin.query(
    `select relname from pg_class where relname like 'access_history%' and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)`,
  )
  assert.deepEqual(open, [])
  await record('2030-05-20T01:00:00Z')
})

test('months go when the last of their days need not be kept any longer', async () => {
  await add('2028-05-01T00:00:00Z')
  await add('2030-06-30T23:00:00Z')
  await record('2028-05-31T00:00:00Z', '2028-06-01T00:00:00Z', '2028-06-30T00:00:00Z')
  const left = async (): Promise<string[]> => Object.keys(await months()).map((name) => name.slice(-7))
  await drop('2030-05-31T23:59:59Z')
  assert.deepEqual(await left(), ['2028_05', '2028_06', '2028_07', '2030_06', '2030_07', '2030_08'])
  await drop('2030-06-30T23:00:00Z')
  assert.deepEqual(await left(), ['2028_06', '2028_07', '2030_06', '2030_07', '2030_08'])
  assert.equal((await worker.query('select from access_history')).rowCount, 2)
  await worker.query('update operator set access_history_years = 3')
  await drop('2031-06-30T23:00:00Z')
  assert.deepEqual(await left(), ['2028_06', '2028_07', '2030_06', '2030_07', '2030_08'])
})
