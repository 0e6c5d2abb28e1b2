import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { planOf } from '#test/plan.ts'
import { superuserOf } from '#test/superuser.ts'
import { siteList } from './list.ts'

const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
const reader = await make.user()

before(async () => {
  const { customerId } = reader
  const serviceId = await make.service()
  await make.group({ customerId, members: [reader.id], rights: [{ level: 'view' }] })
  await admin.query(
    `with t as (insert into site (customer_id, code, name) select $1, n, '拠点' || n from generate_series(1, 100) n returning *)
    insert into contract (customer_id, service_id, number, site_id) select $1, $2, 'M' || code || '-' || n, id from t, generate_series(1, 200) n`,
    [customerId, serviceId],
  )
  await admin.query('vacuum analyze contract, site')
})

test('of 20,000 contracts in 100 sites the map reads one in each, by an index', async () => {
  await asUser(database, { user: reader, now: new Date() }, (_tx, _actor, ctx) =>
    siteList.read(ctx, {
      of: { area: undefined },
      terms: [],
      chosen: {},
      sorting: { by: 'status', descending: false },
      place: { size: 20, page: 1, from: 'start' },
    }),
  )
  const statement = database.statements.findLast((text) => text.includes('site_place'))
  const nodes = await planOf(admin, statement)
  const ofContracts = nodes.filter((node) => node['Relation Name'] === 'contract')
  assert.deepEqual([...new Set(ofContracts.map((node) => node['Index Name']))], ['contract_in_site'])
})
