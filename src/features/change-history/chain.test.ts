import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { changesIn, changeTime as now } from '#test/changes.ts'
import { testDatabase } from '#test/database.ts'
import { pruneChanges } from './seal.ts'

const database = await testDatabase()
const { admin, write, customerWith, seal, verify, judge } = changesIn(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

/** As somebody who may do anything. */
const meddle = (statement: string, values: unknown[]): Promise<unknown> => admin.query(statement, values)

test('what is sealed is whole, whatever is written in it, and what is not sealed is counted', async () => {
  const strange = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', ''))
  const customerId = await customerWith(3)
  await fc.assert(
    fc.asyncProperty(strange, strange, (name, memo) => write(customerId, { name, memo })),
    { numRuns: 100 },
  )
  assert.deepEqual(await judge(customerId), { sealed: 3, unsealed: 100, broken: null })
  await seal()
  assert.deepEqual(await judge(customerId), { sealed: 103, unsealed: 0, broken: null })
  const chain = await verify(customerId)
  assert.equal(chain.head.sequence, 103)
  assert.match(chain.head.hash, /^[0-9a-f]{64}$/)
})

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
  await meddle('update change_history set sequence = sequence + 100 where customer_id = $1 and sequence > 2', [
    customerId,
  ])
  await meddle('update change_history set sequence = sequence - 99 where customer_id = $1 and sequence > 100', [
    customerId,
  ])
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
  await write(customerId, { at: new Date('2026-11-22T02:00:00Z') })
  await seal()
  const { broken } = await verify(customerId)
  assert.deepEqual([broken?.sequence, broken?.why], [4, 'out-of-time'])
})

test('only the beginning that is old is removed, a checkpoint stays, and the chain goes on from it', async () => {
  const customerId = await customerWith(0)
  const old = new Date('2017-01-01T00:00:00Z')
  for (const at of [old, old, now, old, now]) await write(customerId, { at })
  await seal()
  await database.operator.transaction((tx) => pruneChanges(tx, now))
  const { rows } = await admin.query<{ sequence: number }>(
    'select sequence::int from change_history where customer_id = $1 order by 1',
    [customerId],
  )
  assert.deepEqual(
    rows.map(({ sequence }) => sequence),
    [3, 4, 5],
  )
  // The fourth is old among younger ones, and found; here it stands for a row that must not be removed out of the middle.
  assert.deepEqual((await verify(customerId)).broken?.why, 'out-of-time')
  await meddle('delete from change_history where customer_id = $1', [customerId])
  await write(customerId)
  await seal()
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
