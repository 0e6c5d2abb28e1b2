import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { seconds } from '#platform/time/duration.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { superuserOf } from '#test/superuser.ts'
import { until } from '#test/until.ts'
import { openDatabase, type Transaction } from './database.ts'
import { DatabaseUnavailable } from './faults.ts'
import { type Flights, flightsOn } from './flights.ts'
import { openPool } from './pool.ts'

let database: TestDatabase
let admin: pg.Pool

before(async () => {
  database = await testDatabase()
  admin = superuserOf(database)
  await admin.query('create table note (n integer primary key, text text); grant select, insert on note to portal_app')
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

interface OneWay {
  client: pg.PoolClient
  flights: Flights
  pid: number
  /** How many flights were answered so far: the server is ready once for each sync. */
  landed: () => number
}

/** With a connection of its own. */
async function over(work: (way: OneWay) => Promise<void>): Promise<void> {
  const pool = openPool({ ...database.appConfig, max: 1 })
  const client = await pool.connect()
  const flights = flightsOn(client, 5 * seconds)
  const { rows } = await flights.ask<{ pid: number }>('select pg_backend_pid() as pid')
  let landed = 0
  client.connection.on('readyForQuery', () => landed++)
  try {
    await work({ client, flights, pid: rows[0]?.pid ?? 0, landed: () => landed })
  } finally {
    client.release(true)
    await pool.end()
  }
}

/** What became of each: the first column of its rows, or what it failed for. */
function fatesOf(asked: Promise<{ rows: unknown[] }>[]): Promise<unknown[]> {
  const fates = asked.map((one) =>
    one.then(
      ({ rows }) => rows.map((row): unknown => Object.values(row as Record<string, unknown>)[0]),
      (error: Error) => error.message,
    ),
  )
  return Promise.all(fates)
}

test('what is asked before the program waits is one flight, whatever else goes on in between', () =>
  over(async ({ flights, landed }) => {
    const later = Promise.resolve().then(() => Promise.resolve().then(() => flights.ask('select 3')))
    const fates = await fatesOf([flights.ask('select 1'), flights.ask('select $1::text', ['2']), later])
    assert.deepEqual(fates, [[1], ['2'], [3]])
    assert.equal(landed(), 1)
  }))

test('what two answers of a flight lead to is one flight', () =>
  over(async ({ flights, landed }) => {
    const twice = (text: string): Promise<unknown> => flights.ask(text).then(() => flights.ask(text))
    await Promise.all([twice('select 1'), twice('select 2')])
    assert.equal(landed(), 2)
  }))

test('what is asked while a flight is under way leaves with the next', () =>
  over(async ({ flights, landed }) => {
    const first = flights.ask('select pg_sleep(0.1)')
    await new Promise((resolve) => setTimeout(resolve, 20))
    const others = [flights.ask('select 1'), flights.ask('select 2')]
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.deepEqual(await fatesOf([...others, flights.ask('select 3')]), [[1], [2], [3]])
    await first
    assert.equal(landed(), 2)
  }))

test('a statement that fails takes those behind it along, and none before it', () =>
  over(async ({ flights }) => {
    const asked = ['select 1', 'select 1 / 0', 'select 2', 'no statement'].map((text) => flights.ask(text))
    assert.deepEqual(await fatesOf(asked), [[1], 'division by zero', 'division by zero', 'division by zero'])
    assert.deepEqual(await fatesOf([flights.ask('select 2')]), [[2]])
  }))

test('a statement can be asked again, wherever its first flight has failed', () =>
  over(async ({ flights }) => {
    const divide = (by: number): Promise<{ rows: unknown[] }> => flights.ask('select 6 / $1::integer', [by])
    const wrong = (): Promise<{ rows: unknown[] }> => flights.ask('select * from no_such_table')
    assert.deepEqual(await fatesOf([divide(0), flights.ask('select 7')]), ['division by zero', 'division by zero'])
    const missing = 'relation "no_such_table" does not exist'
    assert.deepEqual(await fatesOf([wrong(), divide(2)]), [missing, missing])
    assert.deepEqual(await fatesOf([divide(2), divide(3), flights.ask('select 7')]), [[3], [2], [7]])
    assert.deepEqual(await fatesOf([divide(1), divide(0), divide(1)]), [[6], 'division by zero', 'division by zero'])
    assert.deepEqual(await fatesOf([divide(2), wrong()]), [[3], missing])
    assert(flights.haveDone('select 6 / $1::integer'))
    assert(!flights.haveDone('select * from no_such_table'))
  }))

test('what is asked alone is done, whatever became of the others', () =>
  over(async ({ flights, landed }) => {
    const sooner = [flights.ask('begin'), flights.ask('select 1 / 0'), flights.ask('select 1')]
    const alone = flights.askAlone('rollback')
    const behind = flights.ask('select 2')
    assert.deepEqual(await fatesOf([...sooner, alone, behind]), [[], 'division by zero', 'division by zero', [], [2]])
    assert.equal((await alone).command, 'ROLLBACK')
    assert.equal(landed(), 3)
  }))

test('a value that cannot be written fails its own statement alone, which is not sent', () =>
  over(async ({ flights }) => {
    const unwritable = {
      toPostgres(): never {
        throw new Error('cannot be written')
      },
    }
    const insert = (n: unknown): Promise<{ rows: unknown[] }> => flights.ask('insert into note values ($1)', [n])
    assert.deepEqual(await fatesOf([insert(1), insert(unwritable), insert(2)]), [[], 'cannot be written', []])
    assert.deepEqual((await admin.query('select n from note order by n')).rows, [{ n: 1 }, { n: 2 }])
  }))

test('a value is that of the moment in which it was given', () =>
  over(async ({ flights }) => {
    const ids = [1, 2]
    const asked = flights.ask('select $1::integer[]', [ids])
    ids.push(3)
    assert.deepEqual(await fatesOf([asked]), [[[1, 2]]])
  }))

test('rows that cannot be read fail their statement, and no other', () =>
  over(async ({ flights, client }) => {
    client.setTypeParser(pg.types.builtins.MACADDR, () => {
      throw new Error('cannot be read')
    })
    const unreadable = flights.ask(`select '08:00:2b:01:02:03'::macaddr from generate_series(1, 3)`)
    const asked = [flights.ask('select 1'), unreadable, flights.ask('select 2')]
    assert.deepEqual(await fatesOf(asked), [[1], 'cannot be read', [2]])
  }))

test('tags are read: what was done, and to how many rows', () =>
  over(async ({ flights }) => {
    const told = async (text: string): Promise<unknown> => {
      const { command, rowCount } = await flights.ask(text)
      return [command, rowCount]
    }
    assert.deepEqual(await told('begin'), ['BEGIN', null])
    assert.deepEqual(await told('insert into note values (11), (12), (13)'), ['INSERT', 3])
    assert.deepEqual(await told('select n from note where n > 11'), ['SELECT', 2])
    assert.deepEqual(await told(''), ['', null])
    await assert.rejects(flights.ask('select 1 / 0'))
    assert.deepEqual(await told('commit'), ['ROLLBACK', null])
  }))

test('long values and many rows come whole, in both directions', () =>
  over(async ({ flights }) => {
    const long = '長'.repeat(4_000_000)
    const bytes = Buffer.alloc(3_000_000, 7)
    const [rows, text, own] = await Promise.all([
      flights.ask<{ n: number; text: string }>(
        `select n, repeat('x', n % 50) as text from generate_series(1, 20000) n`,
      ),
      flights.ask<{ text: string; bytes: Buffer }>('select $1::text as text, $2::bytea as bytes', [long, bytes]),
      flights.ask('select 1'),
    ])
    assert.equal(rows.rows.length, 20_000)
    assert.deepEqual(rows.rows[19_998], { n: 19_999, text: 'x'.repeat(49) })
    assert(text.rows[0]?.text === long)
    assert(text.rows[0]?.bytes.equals(bytes))
    assert.equal(own.rowCount, 1)
  }))

test('what another ends in the middle of a flight fails, with what is behind it, and the connection stays', () =>
  over(async ({ flights, pid }) => {
    const fates = fatesOf(['select 1', 'select pg_sleep(60)', 'select 2'].map((text) => flights.ask(text)))
    await until(async () => {
      const { rows } = await admin.query(
        'select pg_cancel_backend(pid) from pg_stat_activity where pid = $1 and query ~ $2',
        [pid, 'sleep'],
      )
      return rows.length === 1
    })
    const ended = 'canceling statement due to user request'
    assert.deepEqual(await fates, [[1], ended, ended])
    assert.deepEqual(await fatesOf([flights.ask('select pg_backend_pid()')]), [[pid]])
  }))

const sleeping = (tx: Transaction): Promise<unknown> =>
  Promise.all([
    sql`insert into note values (100)`.execute(tx),
    sql`select pg_sleep(60)`.execute(tx),
    sql`insert into note values (101)`.execute(tx),
  ])

test('a connection that breaks in the middle of a flight is a database that is away, and nothing of it is there', async () => {
  const own = openDatabase({ connection: database.appConfig, connections: 1 })
  const work = own.transaction(sleeping)
  work.catch(() => undefined)
  await until(async () => {
    const { rows } = await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ~ 'pg_sleep.60' and usename = 'portal_app'`,
    )
    return rows.length === 1
  })
  await assert.rejects(work, DatabaseUnavailable)
  await own.transaction(() => Promise.resolve()).catch((error: unknown) => assert(error instanceof DatabaseUnavailable))
  const { rows } = await own.transaction((tx) => sql`select n from note where n >= 100`.execute(tx))
  assert.deepEqual(rows, [])
  await own.close()
})
