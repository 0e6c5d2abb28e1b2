import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type pg from 'pg'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Database, type DatabaseOptions, openDatabase, type Transaction } from './database.ts'
import { DatabaseUnavailable } from './faults.ts'

let database: TestDatabase
let admin: pg.Pool

before(async () => {
  database = await testDatabase()
  admin = superuserOf(database)
  await admin.query('create table note (text text primary key); grant select, insert on note to portal_app')
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const write = (tx: Transaction, text: string): Promise<unknown> =>
  sql`insert into note (text) values (${text})`.execute(tx)

async function isWritten(text: string): Promise<boolean> {
  return (await admin.query('select from note where text = $1', [text])).rowCount === 1
}

/** The process ids of the connections this database object holds. */
async function connectionsOf({ appConfig }: TestDatabase): Promise<number[]> {
  const { rows } = await admin.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = $1 and usename = $2',
    [appConfig.database, 'portal_app'],
  )
  return rows.map(({ pid }) => pid)
}

test('what the work has written is there when it returns', async () => {
  assert.equal(await database.app.transaction((tx) => write(tx, 'kept').then(() => 'answer')), 'answer')
  assert(await isWritten('kept'))
})

test('work that throws leaves nothing, and its connection serves the next', async () => {
  const one = openDatabase({ connection: database.appConfig, connections: 1 })
  const work = async (tx: Transaction): Promise<void> => {
    await write(tx, 'given up')
    throw new Error('changed my mind')
  }
  await assert.rejects(one.transaction(work), /changed my mind/)
  assert(!(await isWritten('given up')))
  await one.transaction((tx) => write(tx, 'after it'))
  assert(await isWritten('after it'))
  await one.close()
})

test('counts are numbers, days are text, moments are dates, and changed rows are counted', async () => {
  await database.app.transaction(async (tx) => {
    const { rows } =
      await sql`select count(*) as n, date '2026-03-29' as day, timestamptz '2026-03-29 01:00Z' as at, null::bigint as none`.execute(
        tx,
      )
    assert.deepEqual(rows, [{ n: 1, day: '2026-03-29', at: new Date('2026-03-29T01:00:00Z'), none: null }])
    const { numAffectedRows } = await sql`insert into note values ('one of two'), ('two of two')`.execute(tx)
    assert.equal(numAffectedRows, 2n)
  })
})

test('every statement is heard, those of the transaction itself are not', async () => {
  database.statements.length = 0
  await database.app.transaction(async (tx) => {
    await sql`select 1`.execute(tx)
    await sql`select 2`.execute(tx)
  })
  assert.deepEqual(database.statements, ['select 1', 'select 2'])
})

test('a statement is parsed once a connection, whatever its values', async () => {
  const one = openDatabase({ connection: database.appConfig, connections: 1 })
  const prepared = await one.transaction(async (tx) => {
    for (const value of ['a', 'b', 'c']) await sql`select ${value}::text as asked_three_times`.execute(tx)
    return sql<{
      n: number
    }>`select count(*) as n from pg_prepared_statements where statement like '%asked_three_times'`.execute(tx)
  })
  assert.equal(prepared.rows[0]?.n, 1)
  await one.close()
})

test('a statement of a request is planned once a connection, whatever its values; one of the operator as its values need', async () => {
  const plansOf = async (options: Omit<DatabaseOptions, 'connections'>): Promise<unknown> => {
    const one = openDatabase({ ...options, connections: 1 })
    const { rows } = await one.transaction(async (tx) => {
      for (const value of ['a', 'b', 'c']) await sql`select ${value}::text as planned_three_times`.execute(tx)
      return sql`select generic_plans as once, custom_plans as anew from pg_prepared_statements
        where statement like '%planned_three_times'`.execute(tx)
    })
    await one.close()
    return rows
  }
  assert.deepEqual(await plansOf({ connection: database.appConfig }), [{ once: 3, anew: 0 }])
  const operator = { connection: database.ownerConfig, role: 'portal_operator' } as const
  assert.deepEqual(await plansOf(operator), [{ once: 0, anew: 3 }])
})

test('without a server the database is not available, which is no other error', async () => {
  const nowhere = openDatabase({ connection: { ...database.appConfig, host: '/nonexistent' } })
  await assert.rejects(nowhere.transaction(ping), DatabaseUnavailable)
  await nowhere.close()
  const closed = openDatabase({ connection: { ...database.appConfig, host: '127.0.0.1', port: 1 } })
  await assert.rejects(closed.transaction(ping), DatabaseUnavailable)
  await closed.close()
})

const ping = (tx: Transaction): Promise<unknown> => sql`select 1`.execute(tx)

test('connections that break while idle are replaced unnoticed', async () => {
  const own = openDatabase({ connection: database.appConfig })
  await Promise.all([own.transaction(ping), own.transaction(ping), own.transaction(ping)])
  await endConnections()
  await comesBack(own)
  await own.close()
})

test('a connection that breaks in the middle of the work: not available, nothing written, and the next one works', async () => {
  const own = openDatabase({ connection: database.appConfig })
  const inTheMiddle = async (tx: Transaction): Promise<void> => {
    await write(tx, 'cut off')
    await endConnections()
    await write(tx, 'too late')
  }
  await assert.rejects(own.transaction(inTheMiddle), DatabaseUnavailable)
  const duringStatement = own.transaction((tx) => sql`select pg_sleep(10)`.execute(tx))
  setTimeout(() => void endConnections(), 50)
  await assert.rejects(duringStatement, DatabaseUnavailable)
  assert(!(await isWritten('cut off')))
  await comesBack(own)
  await own.close()
})

test('a connection that breaks while the work does something else', async () => {
  const own = openDatabase({ connection: database.appConfig })
  const idle = async (tx: Transaction): Promise<void> => {
    await write(tx, 'thought about it')
    await endConnections()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await assert.rejects(own.transaction(idle), DatabaseUnavailable)
  await comesBack(own)
  await own.close()
})

/** As a server does that is shut down: every connection of the application. */
async function endConnections(): Promise<void> {
  for (const pid of await connectionsOf(database)) await admin.query('select pg_terminate_backend($1, 1000)', [pid])
}

async function comesBack(own: Database): Promise<void> {
  // A connection whose end has not been noticed yet may be tried once.
  await own.transaction(ping).catch((error: unknown) => assert(error instanceof DatabaseUnavailable))
  for (let i = 0; i < 5; i++) await own.transaction(ping)
}

test('what is left over of a transaction that failed reaches no other', async () => {
  await using own = await testDatabase()
  const narrow = openDatabase({ connection: own.appConfig, connections: 1 })
  const goesOn = Promise.withResolvers<void>()
  let left: Promise<unknown> = Promise.resolve()
  await assert.rejects(
    narrow.transaction(async (tx) => {
      left = goesOn.promise.then(() => sql`select 1`.execute(tx))
      left.catch(() => undefined)
      await sql`select 1/0`.execute(tx)
    }),
  )
  await narrow.transaction(async (tx) => {
    goesOn.resolve()
    await sql`select pg_sleep(0.1)`.execute(tx)
  })
  await assert.rejects(left, /over/)
  await narrow.close()
})

test('a connection keeps only so many shapes of statements', async () => {
  await using own = await testDatabase()
  const narrow = openDatabase({ connection: own.appConfig, connections: 1 })
  const pids = new Set<number>()
  for (let shape = 0; shape < 700; shape++) {
    const { rows } = await narrow.transaction((tx) =>
      sql<{ pid: number; kept: number }>`select pg_backend_pid() as pid,
        (select count(*) from pg_prepared_statements) as kept, ${sql.lit(shape)}::integer as shape`.execute(tx),
    )
    pids.add(rows[0]?.pid ?? 0)
    assert((rows[0]?.kept ?? 0) <= 302)
  }
  assert.equal(pids.size, 3)
  await narrow.close()
})
