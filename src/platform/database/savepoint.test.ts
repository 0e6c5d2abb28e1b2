import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { testDatabase } from '#test/database.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Transaction, withSavepoint } from './database.ts'

const database = await testDatabase()
const admin = superuserOf(database)
await admin.query('create table note (text text primary key); grant select, insert on note to portal_app')
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const write = (tx: Transaction, text: string): Promise<unknown> =>
  sql`insert into note (text) values (${text})`.execute(tx)

async function isWritten(text: string): Promise<boolean> {
  return (await admin.query('select from note where text = $1', [text])).rowCount === 1
}

test('a savepoint undoes what is refused and keeps what came before it', async () => {
  const result = await database.app.transaction(async (tx) => {
    await write(tx, 'earlier')
    return withSavepoint(
      tx,
      async () => (await write(tx, 'refused'), 'no'),
      (answer) => answer === 'no',
    )
  })
  assert.equal(result, 'no')
  assert(await isWritten('earlier'))
  assert(!(await isWritten('refused')))
})

test('a savepoint keeps what is not undone, one after the other', async () => {
  await database.app.transaction(async (tx) => {
    for (const text of ['first', 'second'])
      await withSavepoint(
        tx,
        () => write(tx, text),
        () => false,
      )
  })
  assert(await isWritten('first'))
  assert(await isWritten('second'))
})

test('a savepoint within another goes back no further, and the outer one all the way, whatever became of the inner one', async () => {
  for (const isInnerUndone of [true, false]) {
    const texts = ['outer', 'inner', 'afterwards'].map((text) => `${text} ${isInnerUndone}`) as [string, string, string]
    const [outer, inner, afterwards] = texts
    await database.app.transaction((tx) =>
      withSavepoint(
        tx,
        async () => {
          await write(tx, outer)
          await withSavepoint(
            tx,
            () => write(tx, inner),
            () => isInnerUndone,
          )
          await write(tx, afterwards)
        },
        () => true,
      ),
    )
    for (const text of texts) assert(!(await isWritten(text)), text)
  }
})

test('a failure inside a savepoint undoes the whole', async () => {
  const work = async (tx: Transaction): Promise<void> => {
    await write(tx, 'around it')
    await withSavepoint(
      tx,
      () => sql`select 1 / 0`.execute(tx),
      () => false,
    )
  }
  await assert.rejects(database.app.transaction(work), /division by zero/)
  assert(!(await isWritten('around it')))
})
