import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { seconds } from '#platform/time/duration.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { superuserOf } from '#test/superuser.ts'
import { until } from '#test/until.ts'
import { type Database, openDatabase, type Transaction } from './database.ts'
import { DatabaseUnavailable } from './faults.ts'

let database: TestDatabase
let admin: pg.Pool
let one: Database

const patience = 0.5 * seconds

before(async () => {
  database = await testDatabase()
  admin = superuserOf(database)
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

/** With a single connection, so that whoever comes next gets the same one or knows that it is gone. */
async function withOne(work: () => Promise<void>): Promise<void> {
  one = openDatabase({ connection: database.appConfig, connections: 1, patience })
  try {
    await work()
  } finally {
    await one.close()
  }
}

const sleep = (tx: Transaction, length: number): Promise<unknown> =>
  sql`select pg_sleep(${length / seconds})`.execute(tx)

async function pidOf(tx: Transaction): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
  return rows[0]?.pid ?? assert.fail()
}

const late = (error: unknown): true => {
  assert(error instanceof DatabaseUnavailable)
  assert.match(error.message, /not answered in time/)
  return true
}

test('a statement of a request that takes too long is ended here and in the server', () =>
  withOne(async () => {
    await assert.rejects(
      one.transaction((tx) => sleep(tx, 100 * seconds)),
      late,
    )
    await until(async () => {
      const { rowCount } = await admin.query(
        `select from pg_stat_activity where datname = current_database() and usename = 'portal_app' and state = 'active'`,
      )
      return rowCount === 0
    })
    await one.transaction(pidOf)
  }))

test('one that waits for a row that another holds, too', () =>
  withOne(async () => {
    await admin.query(
      'create table held (n integer); insert into held values (1); grant select, update on held to portal_app',
    )
    const holder = await admin.connect()
    await holder.query('begin; update held set n = 2')
    await assert.rejects(
      one.transaction((tx) => sql`update held set n = 3`.execute(tx)),
      late,
    )
    await holder.query('rollback')
    holder.release()
    await one.transaction((tx) => sql`update held set n = 3`.execute(tx))
  }))

test('a server process that has stopped is not waited for, and its connection is thrown away', () =>
  withOne(async () => {
    const pid = await one.transaction(pidOf)
    process.kill(pid, 'SIGSTOP')
    try {
      await assert.rejects(one.transaction(pidOf), late)
      assert.notEqual(await one.transaction(pidOf), pid)
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    await until(async () => (await admin.query('select from pg_stat_activity where pid = $1', [pid])).rowCount === 0)
  }))

test('one that stops in the middle of the work, too, and nothing of the work is kept', () =>
  withOne(async () => {
    await admin.query('create table begun (n integer); grant insert on begun to portal_app')
    const stopped: number[] = []
    const work = one.transaction(async (tx) => {
      await sql`insert into begun values (1)`.execute(tx)
      stopped.push(await pidOf(tx))
      for (const pid of stopped) process.kill(pid, 'SIGSTOP')
    })
    try {
      await assert.rejects(work, late)
    } finally {
      for (const pid of stopped) process.kill(pid, 'SIGCONT')
    }
    const [pid] = stopped
    await until(async () => (await admin.query('select from pg_stat_activity where pid = $1', [pid])).rowCount === 0)
    await one.transaction(pidOf)
  }))

test('the work of the operator takes as long as it needs', async () => {
  const operator = openDatabase({ connection: database.ownerConfig, role: 'portal_operator', patience })
  await operator.transaction((tx) => sleep(tx, 3 * patience))
  const { rows } = await operator.transaction((tx) =>
    sql<{ limit: string }>`select current_setting('statement_timeout') as limit`.execute(tx),
  )
  assert.equal(rows[0]?.limit, '0')
  await operator.close()
})

test('a request that works for long in itself, with a statement now and then, is not ended', () =>
  withOne(async () => {
    await one.transaction(async (tx) => {
      for (let times = 0; times < 3; times++) {
        await sleep(tx, patience / 2)
        await wait(patience)
      }
    })
  }))
