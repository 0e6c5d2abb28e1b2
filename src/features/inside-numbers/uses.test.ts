import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import type pg from 'pg'
import { testDatabase } from '#test/database.ts'
import { inLine, makeLine } from '#test/line.ts'
import { type TestSettings, writeSettings } from '#test/line-settings.ts'
import { runs } from '#test/many-runs.ts'
import { extensionNumbers, groupNumbers, randomSettings } from '#test/random-settings.ts'
import { superuserOf } from '#test/superuser.ts'
import { findUses } from './uses.ts'

const database = await testDatabase()
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const numbers = [...extensionNumbers, ...groupNumbers]
const tables = [
  'external_number',
  'call_group_member',
  'forward',
  'call_group',
  'extension',
  'inside_number',
  'calendar',
  'outside_target',
]

async function rewrite(client: pg.PoolClient, keys: { customerId: string; contractId: string }, set: TestSettings) {
  await client.query('set session_replication_role = replica')
  for (const table of tables) await client.query(`delete from pbx.${table} where contract_id = $1`, [keys.contractId])
  await writeSettings(client, keys, set)
}

/** The numbers that the database's own keys let nobody remove. */
async function findHeld(client: pg.PoolClient, contractId: string): Promise<string[]> {
  const held: string[] = []
  await client.query('begin')
  await client.query(`select set_config('pbx.change', nextval('pbx.change_id')::text, true)`)
  for (const number of numbers) {
    await client.query('savepoint tried')
    await client
      .query('delete from pbx.inside_number where contract_id = $1 and number = $2', [contractId, number])
      .catch((error: unknown) => {
        // A foreign key's.
        assert.equal((error as { code?: string }).code, '23503')
        held.push(number)
      })
    await client.query('rollback to tried')
  }
  await client.query('rollback')
  return held
}

test('what is told to use a number is what the keys of the database would refuse to lose', async (t) => {
  const line = await makeLine(database, {})
  const keys = { customerId: line.user.customerId, contractId: line.contractId }
  const client = await admin.connect()
  t.after(() => client.release())
  const seen = { held: 0, free: 0 }
  await fc.assert(
    fc.asyncProperty(randomSettings, async (set) => {
      await rewrite(client, keys, set)
      const held = await findHeld(client, line.contractId)
      const used = await inLine(database, line, async (ctx) => {
        const uses = await Promise.all(numbers.map((number) => findUses(ctx, number)))
        return numbers.filter((_, at) => (uses[at]?.count ?? 0) > 0)
      })
      assert.deepEqual(used, held)
      seen.held += held.length
      seen.free += numbers.length - held.length
    }),
    { numRuns: runs({ usual: 30, many: 2000 }) },
  )
  assert(seen.held > 50 && seen.free > 20, JSON.stringify(seen))
})
