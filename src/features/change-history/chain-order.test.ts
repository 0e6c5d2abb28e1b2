import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import type pg from 'pg'
import { enterFence } from '#features/sessions/fence.ts'
import { openPool } from '#platform/database/pool.ts'
import { changesIn, changeTime as now, writeChange } from '#test/changes.ts'
import { testDatabase } from '#test/database.ts'
import { runs } from '#test/many-runs.ts'

const database = await testDatabase()
const { admin, write, customerWith, seal, judge } = changesIn(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const step = fc.record({
  writer: fc.nat({ max: 4 }),
  does: fc.constantFrom('begin', 'write', 'commit', 'rollback', 'seal'),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

test('transactions that commit in any order give one whole chain', async () => {
  const customerId = await customerWith(0)
  const pool = openPool({ ...database.ownerConfig, user: 'portal_app', max: 5 })
  let committed = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
      committed += await runSteps(pool, customerId, steps)
      assert.equal((await judge(customerId)).broken, null)
    }),
    { numRuns: runs({ usual: 20, many: 1_000 }) },
  )
  await pool.end()
  await seal()
  assert.deepEqual(await judge(customerId), { sealed: committed, unsealed: 0, broken: null })
  const { rows } = await admin.query(
    `select from change_history a join change_history b on a.customer_id = b.customer_id and a.sequence + 1 = b.sequence
     where a.customer_id = $1 and a.transaction > b.transaction`,
    [customerId],
  )
  assert.equal(rows.length, 0)
})

/** Five writers, each with a transaction of its own. Answers how many rows were committed. */
async function runSteps(pool: pg.Pool, customerId: string, steps: readonly Step[]): Promise<number> {
  const writers = await Promise.all([0, 1, 2, 3, 4].map(async () => ({ client: await pool.connect(), rows: -1 })))
  let committed = 0
  for (const { writer: at, does } of [...steps, ...writers.map((_, writer): Step => ({ writer, does: 'commit' }))]) {
    const writer = writers[at] ?? assert.fail()
    const isOpen = writer.rows >= 0
    if (does === 'seal') await seal()
    else if (does === 'commit' || does === 'rollback') {
      if (isOpen) await writer.client.query(does)
      if (isOpen && does === 'commit') committed += writer.rows
      writer.rows = -1
    } else {
      if (!isOpen) await begin(writer.client, customerId)
      writer.rows = Math.max(writer.rows, 0)
      if (does === 'begin') continue
      await writer.client.query(
        `insert into change_history (customer_id, at, actor_name, action, subject_kind, subject_name)
         values ($1, $2, '', 'x', 'x', '')`,
        [customerId, now],
      )
      writer.rows++
    }
  }
  for (const { client } of writers) client.release()
  return committed
}

async function begin(client: pg.PoolClient, customerId: string): Promise<void> {
  await client.query('begin')
  await client.query(`select set_config('app.customer', $1, true)`, [customerId])
}

test('sealing waits for a transaction under way, and not for one that only reads', async () => {
  const customerId = await customerWith(0)
  await database.app.transaction(async (tx) => {
    await enterFence(tx, customerId)
    await writeChange(tx, customerId)
    await write(customerId)
    await seal()
    assert.deepEqual(await judge(customerId), { sealed: 0, unsealed: 1, broken: null })
  })
  await database.app.transaction(async (tx) => {
    await enterFence(tx, customerId)
    await tx.selectFrom('change_history').select('id').execute()
    await seal()
  })
  assert.deepEqual(await judge(customerId), { sealed: 2, unsealed: 0, broken: null })
})

test('two workers that seal at once give one chain', async () => {
  const customerId = await customerWith(0)
  for (let row = 0; row < 20; row++) await write(customerId)
  await Promise.all([1, 2, 3].map(() => seal()))
  assert.deepEqual(await judge(customerId), { sealed: 20, unsealed: 0, broken: null })
})

test('what was restored from another database is sealed before what was written since', async () => {
  const customerId = await customerWith(0)
  for (let row = 0; row < 2; row++) await write(customerId, { name: 'restored' })
  await admin.query(`update change_history set transaction = '1000000000' where customer_id = $1`, [customerId])
  await write(customerId, { name: 'since' })
  await seal()
  const { rows } = await admin.query(
    'select subject_name from change_history where customer_id = $1 order by sequence',
    [customerId],
  )
  assert.deepEqual(rows, [{ subject_name: 'restored' }, { subject_name: 'restored' }, { subject_name: 'since' }])
})
