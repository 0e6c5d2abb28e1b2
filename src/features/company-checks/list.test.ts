import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { findFindings } from '#features/line-checks/find.ts'
import { recountFindings } from '#features/line-checks/recount.ts'
import { openLine } from '#features/lines/open.ts'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { type TestSettings, writeSettings } from '#test/line-settings.ts'
import { makerOf } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { randomSettings } from '#test/random-settings.ts'
import { superuserOf } from '#test/superuser.ts'
import { companyFindings } from './list.ts'

const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const autumn = new Date('2026-11-30T03:00:00Z')

async function write(customerId: string, contractId: string, settings: TestSettings): Promise<void> {
  const client = await admin.connect()
  await client.query('set session_replication_role = replica')
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'contract_id'
      where c.relnamespace = 'pbx'::regnamespace and c.relkind = 'r'`,
  )
  for (const { name } of rows) await client.query(`delete from pbx.${name} where contract_id = $1`, [contractId])
  await client.query('set session_replication_role = origin')
  await writeSettings(client, { customerId, contractId }, settings)
  client.release()
  await database.operator.transaction((tx) =>
    recountFindings({ tx, now: autumn, customer: { id: customerId } }, [contractId]),
  )
}

interface Read {
  rows: string[]
  total: number
  statements: number
}

async function readCompany(user: Parameters<typeof asUser>[1]['user']): Promise<Read> {
  return asUser(database, { user, now: autumn }, async (_tx, _actor, ctx) => {
    const before = database.statements.length
    const { rows, total } = await companyFindings.read(ctx, {
      of: undefined,
      terms: [],
      chosen: {},
      sorting: { by: 'matter', descending: false },
      place: { size: 1000, page: 1, from: 'start' },
    })
    const told = rows.map(({ row: { contract, kind, number, path, name } }) =>
      [contract.id, kind, number, name, ...path].join(' '),
    )
    return { rows: told.toSorted(), total, statements: database.statements.length - before }
  })
}

test('what all lines come to is what each of them says, of those that one may see, in one statement', async () => {
  const user = await make.user()
  const { customerId } = user
  const serviceId = await make.service()
  const contracts = [0, 1, 2].map(() => make.contract({ customerId, serviceId }))
  const [first = '', second = '', unseen = ''] = await Promise.all(contracts)
  const rights = [first, second].map((contractId) => ({ contractId, level: 'view' as const }))
  await make.group({ customerId, rights, members: [user.id] })
  let found = 0
  await fc.assert(
    fc.asyncProperty(randomSettings, randomSettings, async (one, other) => {
      await write(customerId, first, renumbered(one, '1'))
      await write(customerId, second, renumbered(other, '2'))
      await write(customerId, unseen, renumbered(one, '3'))
      const company = await readCompany(user)
      const each = await asUser(database, { user, now: autumn }, async (_tx, _actor, ctx) => {
        const told: string[] = []
        for (const id of [first, second]) {
          const line = (await openLine(ctx, id)) ?? assert.fail('not seen')
          for (const { kind, number, path, name } of await findFindings(line, { remarks: true }))
            told.push([id, kind, number, name, ...path].join(' '))
        }
        return told.toSorted()
      })
      assert.deepEqual(company.rows, each)
      assert.equal(company.statements, 1)
      found += company.total
    }),
    { numRuns: runs({ usual: 15, many: 500 }) },
  )
  assert(found > 20, `${found} findings`)
})

/** Outside numbers are one customer's each in the whole installation. */
function renumbered(settings: TestSettings, digit: string): TestSettings {
  const numbers = (settings.numbers ?? []).map((each) => ({ ...each, number: `${each.number.slice(0, -1)}${digit}` }))
  const seen = new Set<string>()
  return { ...settings, numbers: numbers.filter(({ number }) => !seen.has(number) && seen.add(number)) }
}
