import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import type pg from 'pg'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { superuserOf } from '#test/superuser.ts'
import { openDatabase, type Transaction, withSavepoint } from './database.ts'

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

const write = (tx: Transaction, value: unknown): Promise<unknown> =>
  sql`insert into note (text) values (${value})`.execute(tx)

async function isWritten(text: string): Promise<boolean> {
  return (await admin.query('select from note where text = $1', [text])).rowCount === 1
}

const unwritable = {
  toPostgres(): never {
    throw new Error('cannot be written')
  },
}
// Of a type that promises a literal, as a cast may.
const unspeakable: RawBuilder<unknown> = sql`select ${sql.lit(unwritable as unknown as string)}`

const failures: Record<string, (tx: Transaction) => Promise<unknown>> = {
  'in the server': (tx) => sql`select 1 / 0`.execute(tx),
  'in the driver, which could not write a value': (tx) => write(tx, unwritable),
  'in Kysely, which could not write the statement': (tx) => unspeakable.execute(tx),
}

for (const [where, fail] of Object.entries(failures)) {
  test(`a statement that failed ${where} fails the transaction, though the work has swallowed it`, async () => {
    const work = async (tx: Transaction): Promise<void> => {
      await write(tx, `before ${where}`)
      await fail(tx).catch(() => undefined)
      await write(tx, `after ${where}`).catch(() => undefined)
    }
    await assert.rejects(database.app.transaction(work), /not committed: a statement of it has failed/)
    assert(!(await isWritten(`before ${where}`)))
  })

  test(`a statement that failed ${where} fails the transaction, though nobody has waited for it`, async () => {
    const work = async (tx: Transaction): Promise<void> => {
      await write(tx, `before ${where}`)
      fail(tx).catch(() => undefined)
    }
    await assert.rejects(database.app.transaction(work), /not committed: a statement of it has failed/)
    assert(!(await isWritten(`before ${where}`)))
  })

  test(`a statement that failed ${where} fails the transaction, though the work goes back to a savepoint`, async () => {
    const work = async (tx: Transaction): Promise<void> => {
      await write(tx, `before ${where}`)
      await withSavepoint(
        tx,
        () => fail(tx).catch(() => undefined),
        () => true,
      )
    }
    await assert.rejects(database.app.transaction(work), /not committed: a statement of it has failed/)
    assert(!(await isWritten(`before ${where}`)))
  })

  test(`the next transaction knows nothing of a statement that failed ${where}`, async () => {
    const one = openDatabase({ connection: database.appConfig, connections: 1 })
    await assert.rejects(one.transaction(fail))
    await one.transaction((tx) => write(tx, `next ${where}`))
    assert(await isWritten(`next ${where}`))
    await one.close()
  })
}
