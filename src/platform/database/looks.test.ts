import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type pg from 'pg'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { superuserOf } from '#test/superuser.ts'
import { until } from '#test/until.ts'
import { type Database, openDatabase, type Transaction } from './database.ts'
import { DatabaseUnavailable } from './faults.ts'

let database: TestDatabase
let admin: pg.Pool

before(async () => {
  database = await testDatabase()
  admin = superuserOf(database)
  await admin.query('create table note (text text); grant select, insert on note to portal_app')
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

/** With a single connection: whoever comes next gets the same. */
async function overOne(work: (one: Database) => Promise<void>): Promise<void> {
  const one = openDatabase({ connection: database.appConfig, connections: 1 })
  await work(one)
  await one.close()
}

interface State {
  customer: string | null
  reads: string
  pid: number
}

async function stateOf(tx: Transaction): Promise<State | undefined> {
  const { rows } = await sql<State>`select nullif(current_setting('app.customer', true), '') as customer,
    current_setting('transaction_read_only') as reads, pg_backend_pid() as pid`.execute(tx)
  return rows[0]
}

const enter = (tx: Transaction): Promise<unknown> =>
  sql`select set_config('app.customer', 'somebody', true)`.execute(tx)
const write = (tx: Transaction, text: string): Promise<unknown> => sql`insert into note values (${text})`.execute(tx)

async function written(): Promise<string[]> {
  return (await admin.query<{ text: string }>('select text from note order by text')).rows.map(({ text }) => text)
}

test('nothing of a look is left for whoever gets its connection next, be it at once or later', () =>
  overOne(async (one) => {
    const inside = await one.transaction((tx) => enter(tx).then(() => stateOf(tx)), 'look')
    assert.deepEqual([inside?.customer, inside?.reads], ['somebody', 'on'])
    for (const kind of [undefined, 'look', undefined] as const) {
      const next = await one.transaction(stateOf, kind)
      assert.deepEqual(next, { customer: null, reads: kind ? 'on' : 'off', pid: inside?.pid })
    }
    const crowd = Array.from({ length: 20 }, async (_, turn) => {
      const kind = turn % 2 ? 'look' : undefined
      const state = await one.transaction(async (tx) => {
        const found = await stateOf(tx)
        await enter(tx)
        return found
      }, kind)
      assert.equal(state?.customer, null)
    })
    await Promise.all(crowd)
  }))

test('the transaction of a look ends soon, though nobody comes', () =>
  overOne(async (one) => {
    const pid = (await one.transaction(stateOf, 'look'))?.pid
    await until(async () => {
      const { rows } = await admin.query<{ state: string }>('select state from pg_stat_activity where pid = $1', [pid])
      return rows[0]?.state === 'idle'
    })
  }))

test('a look that is about to write is done once more from its beginning, as one that may', () =>
  overOne(async (one) => {
    let times = 0
    const work = async (tx: Transaction): Promise<number> => {
      times++
      await write(tx, 'at last').catch((cause: unknown) => {
        throw new Error('not written', { cause })
      })
      return times
    }
    assert.equal(await one.transaction(work, 'look'), 2)
    assert.equal(
      await one.transaction((tx) => write(tx, 'swallowed').catch(() => times++), 'look').then(() => times),
      3,
    )
    assert.deepEqual(await written(), ['at last', 'swallowed'])
  }))

test('a statement that failed fails a look as it does any other', () =>
  overOne(async (one) => {
    const work = (tx: Transaction): Promise<unknown> => sql`select 1 / 0`.execute(tx).catch(() => undefined)
    await assert.rejects(one.transaction(work, 'look'), /a statement of it has failed/)
    assert.equal((await one.transaction(stateOf))?.reads, 'off')
  }))

test('a connection that breaks behind a look takes nothing from it, and one request at most finds it broken', () =>
  overOne(async (one) => {
    const pid = (await one.transaction(stateOf, 'look'))?.pid
    await admin.query('select pg_terminate_backend($1, 1000)', [pid])
    const next = await one.transaction(stateOf).catch((error: unknown) => assert(error instanceof DatabaseUnavailable))
    if (next) assert.notEqual(next.pid, pid)
    assert.notEqual((await one.transaction(stateOf))?.pid, pid)
  }))
