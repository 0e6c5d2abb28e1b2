import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Place } from '#platform/list/paging.ts'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'
import { listContracts } from './list.ts'

// What makes the list quick is how PostgreSQL goes about it behind the fence: it is held here, since no clock would hold it.

const contracts = 20_000
const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
const user = await make.user()
const service = await make.service({ name: 'クラウドPBX' })

before(async () => {
  await make.group({ customerId: user.customerId, rights: [{ level: 'view' }], members: [user.id] })
  for (const customer of [user.customerId, await make.customer()])
    await admin.query(
      // Letters in place of the digits, which would hold pairs of the keyword by chance.
      `insert into contract (customer_id, number, service_id, memo)
       select $1::uuid, translate(left($1::uuid::text, 8), '0123456789', 'ghijklmnop') || '-' || lpad(n::text, 6, '0'), $2, n % 500 || '階' from generate_series(1, $3) n`,
      [customer, service, contracts],
    )
  await admin.query('vacuum analyze contract')
})

const sorting = { by: 'status', descending: false } as const

interface Plan {
  'Node Type': string
  'Index Name'?: string
  'Index Cond'?: string
  Plans?: Plan[]
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
}

/** How the page of contracts is read, whatever its values are: the plan that is kept. */
async function planOf(place: Place): Promise<Plan[]> {
  await asUser(database, { user, now: new Date() }, async (_tx, _actor, ctx) =>
    listContracts(ctx, { filter: { terms: [] }, sorting, place }),
  )
  const text = database.statements.findLast((statement) => statement.includes('page as materialized'))
  await admin.query('begin')
  await admin.query('set local role portal_app')
  const { rows } = await admin.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(`explain (generic_plan, format json) ${text}`)
  await admin.query('rollback')
  return nodesOf(rows[0]?.['QUERY PLAN'][0]?.Plan ?? assert.fail('no plan'))
}

const places: { name: string; place: Place; condition: RegExp }[] = [
  { name: 'the first page', place: { size: 50, page: 1, from: 'start' }, condition: /customer_id = / },
  {
    name: 'a page far behind',
    place: { size: 50, page: 300, from: { after: ['4', '00000000-015000'] } },
    condition: /customer_id = .*ROW\(urgency, number\) > ROW/,
  },
  {
    name: 'the page before one',
    place: { size: 50, page: 300, from: { before: ['4', '00000000-015000'] } },
    condition: /customer_id = .*ROW\(urgency, number\) < ROW/,
  },
]
for (const { name, place, condition } of places) {
  test(`${name} is read from the index in order, from its edge on`, async () => {
    const nodes = await planOf(place)
    const scan = nodes.find((node) => node['Index Name'] === 'contract_worst_first')
    assert.match(scan?.['Index Cond'] ?? '', condition)
    assert.deepEqual(
      nodes
        .filter((node) => node['Node Type'] === 'Seq Scan')
        .filter((node) => JSON.stringify(node).includes('"contract"')),
      [],
    )
  })
}

test('a keyword is looked up in the index of pairs, and only in the entries of the customer', async () => {
  const { scans, read, total } = await asUser(database, { user, now: new Date() }, async (tx, _actor, ctx) => {
    const counted = async (): Promise<{ scans: number; read: number }> => {
      const { rows } = await sql<{ scans: number; read: number }>`
        select pg_stat_get_xact_numscans('contract_search'::regclass) as scans,
          pg_stat_get_xact_tuples_returned('contract_search'::regclass) as read`.execute(tx)
      return rows[0] ?? assert.fail('no statistics')
    }
    const earlier = await counted()
    const place: Place = { size: 50, page: 1, from: 'start' }
    const list = await listContracts(ctx, { filter: { terms: ['123階'] }, sorting, place })
    const later = await counted()
    return { scans: later.scans - earlier.scans, read: later.read - earlier.read, total: list.total }
  })
  assert.equal(total, contracts / 500)
  assert.equal(scans, 1)
  // The pairs of the term may stand apart in some; the other customer has as many again.
  assert(read < 2 * total, `${read} entries read for ${total} contracts`)
})
