import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'
import type { Affects } from './affects.ts'
import { countConcerned, findReach, findExtent } from './reach.ts'

// How PostgreSQL goes about it for staff, who see the rows of every customer: where few are affected, few are read.

const contracts = 20_000
const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

before(async () => {
  const service = await make.service()
  for (const customer of [await make.customer(), await make.customer()])
    await admin.query(
      `insert into contract (customer_id, number, service_id, group_number)
       select $1::uuid, left($1::text, 8) || n, $2, 'G' || n / 10 from generate_series(1, $3) n`,
      [customer, service, contracts],
    )
  await admin.query('vacuum analyze contract')
})

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  Plans?: Plan[]
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
}

/** The tables that the newest statement of staff reads as a whole. */
async function readWhole(marker: string): Promise<string[]> {
  const text = database.statements.findLast((statement) => statement.includes(marker))
  await admin.query('begin')
  await admin.query('set local role portal_staff')
  const { rows } = await admin.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(`explain (generic_plan, format json) ${text}`)
  await admin.query('rollback')
  const nodes = nodesOf(rows[0]?.['QUERY PLAN'][0]?.Plan ?? assert.fail('no plan'))
  return nodes.flatMap((node) => (node['Node Type'] === 'Seq Scan' ? [node['Relation Name'] ?? ''] : []))
}

const id = '00000000-0000-4000-8000-000000000000'
const few: Affects[] = [{ contracts: ['x'] }, { contracts: ['x', 'y'], groupNumbers: ['G7'] }]

for (const affects of few)
  test(`whom an outage reaches of ${Object.keys(affects).join(' and ')} is found without reading all contracts`, async () => {
    const now = new Date()
    await database.staff.transaction((tx) => findExtent({ tx }, { id, affects }))
    assert(!(await readWhole('full join held')).includes('contract'))
    await database.staff.transaction((tx) => findReach({ tx, now }, { affects, kind: 'fault' }))
    assert(!(await readWhole('of_customer as')).includes('contract'))
  })

test('what an outage concerns is found by its copies', async () => {
  await database.staff.transaction((tx) => countConcerned({ tx }, id))
  assert.deepEqual(await readWhole('with held as'), [])
})
