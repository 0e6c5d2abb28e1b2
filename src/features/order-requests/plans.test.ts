import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findOrder } from '#features/orders/find.ts'
import { paths } from '#sites/console/paths.ts'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { type PlanNode, planOf } from '#test/plan.ts'
import { testPortal } from '#test/portal.ts'
import { signInStaff } from '#test/staff.ts'
import { superuserOf } from '#test/superuser.ts'
import { findRequest } from './find.ts'

const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
const reader = await make.user()

before(async () => {
  const { customerId, id } = reader
  const serviceId = await make.service()
  await make.group({ customerId, members: [id], rights: [{ level: 'view' }] })
  // Of a hundred each one is still under way.
  await admin.query(
    `with o as (insert into contract_order (customer_id, code, service_id, title_ja, title_en, state, ordered_on, updated_at)
      select $1, 'A-' || n, $2, '', '', (case when n % 100 = 0 then 'ready' else 'completed' end)::order_state, now(), now()
      from generate_series(1, 20000) n returning *)
    insert into contract_order_step (customer_id, order_id, state, day) select customer_id, id, 'ready', now() from o`,
    [customerId, serviceId],
  )
  await admin.query(
    `insert into order_request (customer_id, code, service_id, kind, title_ja, title_en, form, answers, state, asked_by, asked_by_name, asked_at, updated_at)
    select $1, 'R-' || n, $2, 'new', '', '', '{}', '{}', case when n % 100 = 0 then 'sent' else 'withdrawn' end, $3, '', now(), now()
    from generate_series(1, 20000) n`,
    [customerId, serviceId, id],
  )
  await admin.query('vacuum analyze contract_order, contract_order_step, order_request')
})

const idIn = async (table: string): Promise<string> =>
  (await admin.query<{ id: string }>(`select id from ${table} limit 1`)).rows[0]?.id ?? assert.fail(table)

/** How the rows of a table are come by, each way once. */
const waysTo = (nodes: readonly PlanNode[], table: string): (string | undefined)[] => [
  ...new Set(nodes.filter((node) => node['Relation Name'] === table).map((node) => node['Index Name'])),
]

test('of 20,000 orders and requests a page reads its own, by indexes', async () => {
  const [order, request] = [await idIn('contract_order'), await idIn('order_request')]
  await asUser(database, { user: reader, now: new Date() }, async (_tx, _actor, ctx) => {
    assert(await findOrder(ctx, order))
    assert(await findRequest(ctx, request))
  })
  const ofOrder = await planOf(
    admin,
    database.statements.findLast((text) => text.includes('contract_order_step')),
  )
  assert(!waysTo(ofOrder, 'contract_order').includes(undefined), JSON.stringify(waysTo(ofOrder, 'contract_order')))
  assert.deepEqual(waysTo(ofOrder, 'contract_order_step'), ['contract_order_step_pkey'])
  const ofRequest = await planOf(
    admin,
    database.statements.findLast((text) => text.includes('order_request d')),
  )
  assert(waysTo(ofRequest, 'order_request').includes('order_request_pkey'))
})

test('what waits for staff is counted by indexes of what waits alone', async () => {
  const portal = await testPortal(database)
  const browser = await signInStaff(portal, await make.staff())
  assert.match((await browser.get(paths.queues)).body, />200</)
  const counted = database.statements.findLast((text) => text.includes('from order_request where'))
  const nodes = await planOf(admin, counted, 'portal_staff')
  assert.deepEqual(waysTo(nodes, 'order_request'), ['order_request_sent'])
  assert.deepEqual(waysTo(nodes, 'contract_order'), ['contract_order_under_way'])
})
