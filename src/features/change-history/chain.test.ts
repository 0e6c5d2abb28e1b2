import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { changesIn, changeTime as now } from '#test/changes.ts'
import { testDatabase } from '#test/database.ts'
import { after as later, days, minutes } from '#platform/time/duration.ts'
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
  assert.equal(chain.head.hash.length, 32)
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

test('a row of a time to come is found, and not the honest ones after it', async () => {
  const customerId = await customerWith(2)
  await write(customerId, { at: later(now, 11 * minutes) })
  await write(customerId)
  await seal()
  const { broken } = await verify(customerId)
  assert.deepEqual([broken?.sequence, broken?.why], [3, 'in-the-future'])
})

test('no row is of a time that cannot be shown, or hashed with four digits of its year', async () => {
  const customerId = await customerWith(0)
  for (const at of ['infinity', '-infinity', '0044-03-15 BC', '10000-01-01Z'])
    await assert.rejects(
      meddle(
        `insert into change_history (customer_id, at, actor_name, action, subject_kind, subject_name) values ($1, $2, '', '', '', '')`,
        [customerId, at],
      ),
      /change_history_of_our_era/,
    )
})

test('rows that nobody seals are told of after ten minutes', async () => {
  const customerId = await customerWith(1)
  await write(customerId)
  const lateAfter = async (wait: number): Promise<number> => (await verify(customerId, { now: later(now, wait) })).late
  assert.equal(await lateAfter(9 * minutes), 0)
  assert.equal(await lateAfter(11 * minutes), 1)
})

test('a chain must lead through the head that was kept: an end that was cut off or made anew is found', async () => {
  const customerId = await customerWith(3)
  const { head: kept } = await verify(customerId)
  await write(customerId)
  await seal()
  const judgeKept = async (): Promise<unknown> => (await verify(customerId, { kept })).broken
  assert.equal(await judgeKept(), null)
  await meddle('delete from change_history where customer_id = $1 and sequence > 2', [customerId])
  assert.equal((await verify(customerId)).broken, null)
  assert.deepEqual(await judgeKept(), { sequence: 3, id: null, why: 'cut-off' })
  await write(customerId)
  await seal()
  const { broken } = await verify(customerId, { kept })
  assert.deepEqual([broken?.sequence, broken?.why], [3, 'other-head'])
})

test('a checkpoint does not take the place of the head that was kept', async () => {
  const customerId = await customerWith(3)
  const { head: kept } = await verify(customerId)
  const checkpoint = (sequence: number, hash: Buffer): Promise<unknown> =>
    meddle(`insert into change_history_checkpoint values ($1, $2, $3, now(), 1)`, [customerId, sequence, hash])
  await meddle('delete from change_history where customer_id = $1', [customerId])
  await checkpoint(3, kept.hash)
  assert.equal((await verify(customerId, { kept })).broken, null)
  const other = { ...kept, hash: Buffer.alloc(32) }
  assert.equal((await verify(customerId, { kept: other })).broken?.why, 'other-head')
  await checkpoint(9, Buffer.alloc(32))
  assert.equal((await verify(customerId)).broken, null)
  assert.equal((await verify(customerId, { kept })).broken?.why, 'head-removed')
})

test('whoever prunes cannot do so before its time', async () => {
  const customerId = await customerWith(0)
  const at = later(new Date(), -3 * 365 * days)
  await write(customerId, { at })
  await seal()
  await database.operator.transaction((tx) => pruneChanges(tx, later(new Date(), 5 * 365 * days)))
  assert.equal((await verify(customerId)).sealed, 1)
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
    `insert into change_history (customer_id, at, actor_name, action, subject_kind, subject_name, transaction)
     values ('${customerId}', now(), '', '', '', '', '9')`,
    `insert into change_history (id, customer_id, at, actor_name, action, subject_kind, subject_name)
     overriding system value values (0, '${customerId}', now(), '', '', '', '')`,
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

test('the portal can neither seal nor prune', async () => {
  for (const call of ['door.seal_change_history()', 'door.prune_change_history(now())'])
    await assert.rejects(
      database.app.transaction((tx) => sql`select ${sql.raw(call)}`.execute(tx)),
      /permission denied for function/,
    )
})
