import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type pg from 'pg'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Database, openDatabase, type Transaction } from './database.ts'

let database: TestDatabase
let admin: pg.Pool

before(async () => {
  database = await testDatabase()
  admin = superuserOf(database)
  await admin.query(`
    create table note (id integer primary key, text text not null);
    insert into note values (1, 'one'), (2, 'two');
    grant select, update on note to portal_app, portal_operator;
    alter database ${database.appConfig.database} set deadlock_timeout = '20ms'`)
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const readAll = (tx: Transaction): Promise<unknown> => sql`select * from note`.execute(tx)

/** Lets as many transactions run at once as there are connections. */
async function onEach(own: Database, connections: number, work: (tx: Transaction) => Promise<unknown>): Promise<void> {
  const all = Promise.withResolvers<void>()
  let inside = 0
  await Promise.all(
    Array.from({ length: connections }, () =>
      own.transaction(async (tx) => {
        await work(tx)
        if (++inside === connections) all.resolve()
        await all.promise
      }),
    ),
  )
}

const changes = {
  'gets a column': 'alter table note add column more text',
  'gets a column of another type': 'alter table note alter column text type varchar(50)',
  'loses a column': 'alter table note drop column more',
}

for (const [what, change] of Object.entries(changes)) {
  test(`a table that ${what} between two requests disturbs none of them, whatever connection they get`, async () => {
    const own = openDatabase({ connection: database.appConfig, connections: 3 })
    await onEach(own, 3, readAll)
    await admin.query(change)
    for (let times = 0; times < 6; times++) await own.transaction(readAll)
    await onEach(own, 3, readAll)
    await own.close()
  })
}

test('a parameter whose type has changed is no trouble either', async () => {
  const write = (tx: Transaction): Promise<unknown> => sql`update note set text = ${'7'} where id = 1`.execute(tx)
  const own = openDatabase({ connection: database.appConfig, connections: 1 })
  await own.transaction(write)
  await admin.query(`alter table note alter column text type integer using 1`)
  await own.transaction(write)
  await admin.query(`alter table note alter column text type text`)
  await own.transaction(write)
  await own.close()
})

test('the work is done again from its beginning, and what it had written before is not there twice', async () => {
  await admin.query('create table line (n integer); grant select, insert on line to portal_app')
  const own = openDatabase({ connection: database.appConfig, connections: 1 })
  await own.transaction(readAll)
  await admin.query('alter table note add column later text')
  let runs = 0
  const answer = await own.transaction(async (tx) => {
    runs++
    await sql`insert into line values (${runs})`.execute(tx)
    await readAll(tx)
    return `of run ${runs}`
  })
  assert.equal(answer, 'of run 2')
  assert.deepEqual((await admin.query('select n from line')).rows, [{ n: 2 }])
  await own.close()
})

test('it is done again even if the work has made an error of its own of it', async () => {
  const own = openDatabase({ connection: database.appConfig, connections: 1 })
  await own.transaction(readAll)
  await admin.query('alter table note add column even_later text')
  await own.transaction((tx) =>
    readAll(tx).catch((cause: unknown) => {
      throw new Error('could not read', { cause })
    }),
  )
  await own.close()
})

test('two requests that wait for each other are both done', async () => {
  const bothHold = Promise.withResolvers<void>()
  let holding = 0
  let runs = 0
  const update = (first: number, second: number): Promise<void> =>
    database.app.transaction(async (tx) => {
      runs++
      await sql`update note set text = 'x' where id = ${first}`.execute(tx)
      if (++holding === 2) bothHold.resolve()
      await bothHold.promise
      await sql`update note set text = 'y' where id = ${second}`.execute(tx)
    })
  await Promise.all([update(1, 2), update(2, 1)])
  // Whoever is begun anew may be back before the other wakes, and be in its way again.
  assert(runs >= 3, `${runs} runs`)
})

test('a statement that is wrong for good fails in the end, and the connections stay', async () => {
  const own = openDatabase({ connection: database.appConfig, connections: 1 })
  let runs = 0
  const wrong = (tx: Transaction): Promise<unknown> => {
    runs++
    return sql`select no_such_column from note`.execute(tx)
  }
  const pid = async (): Promise<unknown> =>
    (await own.transaction((tx) => sql`select pg_backend_pid() as pid`.execute(tx))).rows[0]
  const earlier = await pid()
  await assert.rejects(own.transaction(wrong), { code: '42703' })
  await assert.rejects(own.transaction(wrong), { code: '42703' })
  assert.equal(runs, 2)
  assert.deepEqual(await pid(), earlier)
  await own.close()
})

test('the work of the operator is done once and no more, and what comes after it goes well', async () => {
  const own = openDatabase({ connection: database.ownerConfig, role: 'portal_operator', connections: 1 })
  let runs = 0
  const work = (tx: Transaction): Promise<unknown> => {
    runs++
    return readAll(tx)
  }
  await own.transaction(work)
  await admin.query('alter table note add column for_the_operator text')
  await assert.rejects(own.transaction(work), { code: '0A000' })
  assert.equal(runs, 2)
  await own.transaction(work)
  await own.close()
})
