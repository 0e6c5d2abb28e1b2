import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { inOrder, type Transaction, withSavepoint } from './database.ts'

let database: TestDatabase

before(async () => {
  database = await testDatabase()
})
after(() => database[Symbol.asyncDispose]())

const built = (tx: Transaction, name: string): Promise<unknown> =>
  tx.selectFrom('operator').select('name_ja').where('name_ja', '=', name).executeTakeFirst()
const written = (tx: Transaction, name: string): Promise<unknown> => sql`select ${sql.lit(name)}`.execute(tx)

/** What was sent by some work, in the order of its sending. */
async function sentBy(work: (tx: Transaction) => Promise<unknown>): Promise<string[]> {
  database.statements.length = 0
  await database.app.transaction(work)
  return database.statements.map((text) => (text.startsWith('select "name_ja"') ? 'built' : text))
}

test('statements are sent in the order in which they are called, however they were made', async () => {
  const sent = await sentBy((tx) =>
    Promise.all([written(tx, '1'), built(tx, ''), written(tx, '2'), written(tx, '3'), built(tx, ''), built(tx, '')]),
  )
  assert.deepEqual(sent, [`select '1'`, 'built', `select '2'`, `select '3'`, 'built', 'built'])
})

test('the first statement of a transaction is not overtaken by one that is called a moment later', async () => {
  const sent = await sentBy(async (tx) => {
    const first = built(tx, '')
    await Promise.resolve()
    await Promise.all([first, written(tx, 'second')])
  })
  assert.deepEqual(sent, ['built', `select 'second'`])
})

test('what is done in order is sent in order, before there is any answer', async () => {
  const order: string[] = []
  const noted = async (name: string, asked: Promise<unknown>): Promise<string> => {
    order.push(`asked ${name}`)
    await asked
    order.push('answered')
    return name
  }
  const sent = await sentBy(async (tx) => {
    const answers = await inOrder(
      tx,
      () => noted('first', built(tx, '')),
      () => noted('second', written(tx, 'second')),
    )
    assert.deepEqual(answers, ['first', 'second'])
  })
  assert.deepEqual(sent, ['built', `select 'second'`])
  assert.deepEqual(order, ['asked first', 'asked second', 'answered', 'answered'])
})

test('what is to be sent first, and waits for something before, is refused', async () => {
  const late = async (tx: Transaction): Promise<unknown> => {
    await Promise.resolve()
    return written(tx, 'first')
  }
  const sent = sentBy((tx) =>
    inOrder(
      tx,
      () => late(tx),
      () => written(tx, 'second'),
    ),
  )
  await assert.rejects(sent, /was not sent first/)
  assert.deepEqual(database.statements, [`select 'first'`])
})

test('what a savepoint may undo is sent behind it', async () => {
  const work = (tx: Transaction): Promise<unknown> =>
    withSavepoint(
      tx,
      () => Promise.all([built(tx, ''), written(tx, 'last')]),
      () => true,
    )
  assert.deepEqual(await sentBy(work), [
    'savepoint before_work_0',
    'built',
    `select 'last'`,
    'rollback to savepoint before_work_0',
  ])
})
