import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import type pg from 'pg'
import { fenceOf } from '#features/sessions/fence.ts'
import { openPool, type Transaction } from '#platform/database.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'
import { recordChange } from './record.ts'
import { pruneChanges, sealChanges } from './seal.ts'
import { type Chain, verifyChain } from './verify.ts'

const database = await testDatabase()
const admin: pg.Pool = superuserOf(database)
const make = makerOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const now = new Date('2026-11-22T03:00:00Z')

function write(tx: Transaction, customerId: string, { name = '名前', at = now, memo = 'メモ' } = {}): Promise<void> {
  const actor = { customer: { id: customerId }, userId: customerId, name: '山田 "太郎"\u2028\u0001\t' }
  return recordChange(
    { tx, now: at, actor },
    { action: 'contract-memo-changed', subject: { kind: 'contract', id: customerId, name }, before: { memo, n: 1.5 }, after: { memo: null } },
  )
}

const writeOne = (customerId: string, values: Parameters<typeof write>[2] = {}): Promise<void> =>
  database.app.transaction(async (tx) => {
    await fenceOf(tx, customerId)
    await write(tx, customerId, values)
  })

async function customerWith(rows: number): Promise<string> {
  const customerId = await make.customer()
  for (let row = 0; row < rows; row++) await writeOne(customerId, { name: `行${row}` })
  await sealChanges(database.operator)
  return customerId
}

const verify = (id: string): Promise<Chain> =>
  database.operator.transaction((tx) => verifyChain(tx, { id, code: 'customer' }))

/** As somebody who may do anything. */
const meddle = (statement: string, values: unknown[]): Promise<unknown> => admin.query(statement, values)

test('what is sealed is whole, whatever is written in it, and what is not sealed is counted', async () => {
  const strange = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', ''))
  const customerId = await customerWith(3)
  await fc.assert(
    fc.asyncProperty(strange, strange, (name, memo) => writeOne(customerId, { name, memo })),
    { numRuns: 100 },
  )
  assert.deepEqual(pick(await verify(customerId)), { sealed: 3, unsealed: 100, broken: null })
  await sealChanges(database.operator)
  const chain = await verify(customerId)
  assert.deepEqual(pick(chain), { sealed: 103, unsealed: 0, broken: null })
  assert.equal(chain.head.sequence, 103)
  assert.match(chain.head.hash, /^[0-9a-f]{64}$/)
})

function pick({ sealed, unsealed, broken }: Chain) {
  return { sealed, unsealed, broken }
}

const columns = {
  at: `at + interval '1 microsecond'`,
  actor_id: 'gen_random_uuid()',
  actor_name: `actor_name || '.'`,
  action: `'x'`,
  subject_kind: `'x'`,
  subject_id: 'null',
  subject_name: `'x'`,
  before: `'{"memo": "x"}'`,
  after: 'null',
  hash: `sha256('x')`,
}
for (const [column, value] of Object.entries(columns))
  test(`a change of ${column} is found`, async () => {
    const customerId = await customerWith(4)
    await meddle(`update change_history set ${column} = ${value} where customer_id = $1 and sequence = 2`, [customerId])
    const { sealed, broken } = await verify(customerId)
    assert.deepEqual([sealed, broken?.sequence, broken?.why], [1, 2, 'changed'])
  })

test('a row that was removed is found, at the beginning and between others', async () => {
  for (const gone of [1, 3]) {
    const customerId = await customerWith(4)
    await meddle('delete from change_history where customer_id = $1 and sequence = $2', [customerId, gone])
    assert.deepEqual((await verify(customerId)).broken, { sequence: gone, id: null, why: 'missing' })
  }
})

test('a row that was slipped in between is found, with its own number or with all others moved', async () => {
  const customerId = await customerWith(4)
  await meddle('update change_history set sequence = sequence + 100 where customer_id = $1 and sequence > 2', [customerId])
  await meddle('update change_history set sequence = sequence - 99 where customer_id = $1 and sequence > 100', [customerId])
  const copied = 'customer_id, at, actor_id, actor_name, action, subject_kind, subject_id, subject_name'
  await meddle(
    `insert into change_history (${copied}, sequence, hash) select ${copied}, 3, hash from change_history where customer_id = $1 and sequence = 2`,
    [customerId],
  )
  const { broken } = await verify(customerId)
  assert.deepEqual([broken?.sequence, broken?.why], [3, 'changed'])
})

test('a row that was slipped in with an old time, and then sealed by the worker, is found', async () => {
  const customerId = await customerWith(3)
  await writeOne(customerId, { at: new Date('2026-11-22T02:00:00Z') })
  await sealChanges(database.operator)
  const { broken } = await verify(customerId)
  assert.deepEqual([broken?.sequence, broken?.why], [4, 'out-of-time'])
})

test('transactions that commit in any order give one whole chain', async () => {
  const customerId = await make.customer()
  const pool = openPool({ ...database.ownerConfig, user: 'portal_app', max: 5 })
  const order = fc.array(fc.constantFrom('begin', 'write', 'commit', 'rollback', 'seal'), { minLength: 20, maxLength: 40 })
  const writers = fc.array(fc.nat({ max: 4 }), { minLength: 40, maxLength: 40 })
  let committed = 0
  await fc.assert(
    fc.asyncProperty(order, writers, async (steps, chosen) => {
      const clients = await Promise.all([0, 1, 2, 3, 4].map(() => pool.connect()))
      const open = new Map<number, number>()
      const end = async (writer: number, command: 'commit' | 'rollback'): Promise<void> => {
        if (command === 'commit') committed += open.get(writer) ?? 0
        if (open.delete(writer)) await clients[writer]?.query(command)
      }
      for (const [at, step] of steps.entries()) {
        const writer = chosen[at] ?? 0
        const client = clients[writer] ?? assert.fail()
        if (step === 'seal') await sealChanges(database.operator)
        else if (step === 'commit' || step === 'rollback') await end(writer, step)
        else {
          if (!open.has(writer)) {
            await client.query('begin')
            await client.query(`select set_config('app.customer', $1, true)`, [customerId])
            open.set(writer, 0)
          }
          if (step === 'begin') continue
          await client.query(
            `insert into change_history (customer_id, at, actor_name, action, subject_kind, subject_name) values ($1, $2, '', 'x', 'x', '')`,
            [customerId, now],
          )
          open.set(writer, (open.get(writer) ?? 0) + 1)
        }
      }
      for (const writer of [...open.keys()]) await end(writer, 'commit')
      for (const client of clients) client.release()
      assert.equal((await verify(customerId)).broken, null)
    }),
    { numRuns: 30 },
  )
  await pool.end()
  await sealChanges(database.operator)
  assert.deepEqual(pick(await verify(customerId)), { sealed: committed, unsealed: 0, broken: null })
  const { rows } = await admin.query(
    `select from change_history a join change_history b on a.customer_id = b.customer_id and a.sequence + 1 = b.sequence
     where a.customer_id = $1 and a.transaction > b.transaction`,
    [customerId],
  )
  assert.equal(rows.length, 0)
})

test('sealing waits for a transaction under way, and not for one that only reads', async () => {
  const customerId = await make.customer()
  await database.app.transaction(async (tx) => {
    await fenceOf(tx, customerId)
    await write(tx, customerId, {})
    await writeOne(customerId)
    await sealChanges(database.operator)
    assert.deepEqual(pick(await verify(customerId)), { sealed: 0, unsealed: 1, broken: null })
  })
  await database.app.transaction(async (tx) => {
    await fenceOf(tx, customerId)
    await tx.selectFrom('change_history').select('id').execute()
    await sealChanges(database.operator)
  })
  assert.deepEqual(pick(await verify(customerId)), { sealed: 2, unsealed: 0, broken: null })
})

test('two workers that seal at once give one chain', async () => {
  const customerId = await make.customer()
  for (let row = 0; row < 20; row++) await writeOne(customerId)
  await Promise.all([1, 2, 3].map(() => sealChanges(database.operator)))
  assert.deepEqual(pick(await verify(customerId)), { sealed: 20, unsealed: 0, broken: null })
})

test('what was restored from another database is sealed before what was written since', async () => {
  const customerId = await make.customer()
  for (let row = 0; row < 2; row++) await writeOne(customerId, { name: 'restored' })
  await meddle(`update change_history set transaction = '1000000000' where customer_id = $1`, [customerId])
  await writeOne(customerId, { name: 'since' })
  await sealChanges(database.operator)
  const { rows } = await admin.query('select subject_name from change_history where customer_id = $1 order by sequence', [customerId])
  assert.deepEqual(rows, [{ subject_name: 'restored' }, { subject_name: 'restored' }, { subject_name: 'since' }])
})

test('only the beginning that is old is removed, a checkpoint stays, and the chain goes on from it', async () => {
  const customerId = await make.customer()
  const old = new Date('2017-01-01T00:00:00Z')
  for (const at of [old, old, now, old, now]) await writeOne(customerId, { at })
  await sealChanges(database.operator)
  await database.operator.transaction((tx) => pruneChanges(tx, now))
  const { rows } = await admin.query<{ sequence: number }>(
    'select sequence::int from change_history where customer_id = $1 order by 1',
    [customerId],
  )
  assert.deepEqual(rows.map(({ sequence }) => sequence), [3, 4, 5])
  // The fourth is old among younger ones, and found; here it stands for a row that must not be removed out of the middle.
  assert.deepEqual((await verify(customerId)).broken?.why, 'out-of-time')
  await meddle('delete from change_history where customer_id = $1', [customerId])
  await writeOne(customerId)
  await sealChanges(database.operator)
  const chain = await verify(customerId)
  assert.deepEqual([chain.sealed, chain.head.sequence, chain.broken], [1, 3, null])
  await meddle('delete from change_history_checkpoint where customer_id = $1', [customerId])
  assert.deepEqual((await verify(customerId)).broken, { sequence: 1, id: null, why: 'missing' })
})

test('neither portal nor worker can change or remove a row, number it, or make a checkpoint', async () => {
  const customerId = await customerWith(1)
  const statements = [
    `update change_history set actor_name = ''`,
    `update change_history set sequence = 9`,
    `delete from change_history`,
    `truncate change_history`,
    `insert into change_history (customer_id, at, actor_name, action, subject_kind, subject_name, sequence, hash)
     values ('${customerId}', now(), '', '', '', '', 9, sha256(''))`,
    `delete from change_history_checkpoint`,
    `insert into change_history_checkpoint values ('${customerId}', 9, sha256(''), now(), 1)`,
  ]
  for (const role of ['portal_app', 'portal_operator', 'portal_owner'])
    for (const statement of statements) {
      const client = await admin.connect()
      await client.query('begin')
      await client.query(`set local role ${role}`)
      await client.query(`select set_config('app.customer', $1, true)`, [customerId])
      // The owner may, but sees no row.
      const { rowCount } = await client.query(statement).catch((error: Error) => {
        assert.match(error.message, /permission denied|row-level security/)
        return { rowCount: 0 }
      })
      if (!statement.startsWith('truncate')) assert.equal(rowCount, 0, `${role}: ${statement}`)
      await client.query('rollback')
      client.release()
    }
})
