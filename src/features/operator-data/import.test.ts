import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import {
  customer,
  faults,
  importTime,
  type ImportTest,
  mailing,
  openImportTest,
  testOperator,
} from '#test/import-file.ts'
import { superuserOf } from '#test/superuser.ts'
import { importFiles, type ImportSummary } from './import.ts'

let world: ImportTest

before(async () => {
  world = await openImportTest()
})
after(() => world[Symbol.asyncDispose]())

test('the same file again changes nothing', async () => {
  const acme = customer('twice')
  const [first] = await world.bring({ customers: [acme] })
  const once = { customers: 1, sites: 1, incidents: 1, orders: 1, tickets: 1, blockedTraffic: 1 }
  assert.deepEqual(created(first), { ...once, contracts: 2, notices: 1, groups: 1, users: 1 })
  const asBefore = await rowVersions('twice')
  const [second] = await world.bring({ customers: [acme] })
  assert.deepEqual(
    second?.counts.filter((count) => count.created + count.changed > 0),
    [],
  )
  assert.deepEqual(second?.unnamed, [])
  assert.deepEqual(await rowVersions('twice'), asBefore)
})

test('what differs is changed, and a contract is ended by a field', async () => {
  const acme = customer('changing')
  await world.bring({ customers: [acme] })
  const [first, second] = acme.contracts
  const changed = {
    ...acme,
    contracts: [
      { ...first, endedOn: '2026-11-01' },
      { ...second, suspended: true },
    ],
  }
  const [summary] = await world.bring({ customers: [changed] })
  assert.deepEqual(
    summary?.counts.find(({ kind }) => kind === 'contracts'),
    { kind: 'contracts', created: 0, changed: 2, unchanged: 0 },
  )
  const counts = await world.query<{ status: string; contracts: number }>(sql`
    select status, contracts from contract_count join customer on customer.id = customer_id where code = 'changing' and contracts > 0`)
  assert.deepEqual(counts, [{ status: 'suspended', contracts: 1 }])
})

test('the status of a contract follows from its open incident', async () => {
  const acme = customer('faulty')
  await world.bring({ customers: [acme] })
  assert.deepEqual(await world.statuses('faulty'), ['fault', 'normal'])
  await world.bring({
    customers: [
      { ...acme, incidents: acme.incidents.map((incident) => ({ ...incident, endsAt: '2026-11-22T13:00:00+09:00' })) },
    ],
  })
  assert.deepEqual(await world.statuses('faulty'), ['normal', 'normal'])
})

test('the window of a service follows the file, and goes with it', async () => {
  const category = { code: 'windows', name: { ja: '窓口', en: 'Windows' } }
  const service = { code: 'windowed', category: 'windows', name: { ja: '窓口つき', en: 'With a window' } }
  const window = { name: { ja: '受付', en: 'Desk' }, phone: '0120-000-001', url: 'https://www.example.com/ask' }
  const kept = async (): Promise<unknown> => {
    const [row] = await world.query<{ contact_window: unknown }>(
      sql`select contact_window from service where code = 'windowed'`,
    )
    return row?.contact_window
  }
  await world.bring({ serviceCategories: [category], services: [{ ...service, window }] })
  assert.deepEqual(await kept(), window)
  const [again] = await world.bring({ services: [{ ...service, window }] })
  assert.equal(again?.counts.find(({ kind }) => kind === 'services')?.unchanged, 1)
  await world.bring({ services: [service] })
  assert.equal(await kept(), null)
  for (const wrong of [
    { ...window, url: 'http://www.example.com' },
    { ...window, phone: 'call us' },
    { phone: '0120-000-001' },
  ])
    await assert.rejects(world.bring({ services: [{ ...service, window: wrong }] }), faults([/window/]))
})

test("a memo is the customer's once the contract is there", async () => {
  const acme = customer('memo')
  await world.bring({ customers: [acme] })
  await world.query(sql`update contract set memo = 'ours' where number = ${acme.contracts[0]?.number}`)
  await world.bring({ customers: [acme] })
  assert.deepEqual(await world.query(sql`select memo from contract where number = ${acme.contracts[0]?.number}`), [
    { memo: 'ours' },
  ])
})

test('groups and users are created once and never touched again', async () => {
  const acme = customer('once')
  await world.bring({ customers: [acme] })
  await world.query(
    sql`update user_group set name = 'Renamed' where name = 'Phones' and customer_id = (select id from customer where code = 'once')`,
  )
  await world.query(
    sql`update portal_user set mail = 'moved@once.example', name = 'Moved' where login_id = 'anna@once.example'`,
  )
  const other = { ...acme.users[0], mail: 'bob@once.example' }
  const [summary] = await world.bring({
    customers: [{ ...acme, users: [{ ...acme.users[0], name: 'Not so' }, other] }],
  })
  assert.deepEqual(
    Object.entries(created(summary)).filter(([, count]) => count > 0),
    [['users', 1]],
  )
  assert.deepEqual(await world.groupsOf('once'), [
    { number: 'G0000002', name: '全サービス参照編集権限グループ（自動）', members: [] },
    { number: 'G1000001', name: 'Renamed', members: ['bob@once.example', 'moved@once.example'] },
  ])
  await world.query(sql`update portal_user set state = 'deleted' where login_id = 'moved@once.example'`)
  const [third] = await world.bring({ customers: [acme] })
  assert.equal(created(third).users, 0)
})

test('numbers of groups are never used again', async () => {
  const acme = customer('numbers')
  await world.bring({ customers: [acme] })
  const admin = superuserOf(world.database)
  const { rowCount } = await admin.query(`
    delete from user_group using customer where customer.id = customer_id and code = 'numbers' and number = 'G1000001'`)
  await admin.end()
  assert.equal(rowCount, 1)
  const more = { name: 'More', rights: { allServices: 'view' } }
  await world.bring({ customers: [{ ...acme, users: undefined, groups: [...acme.groups, more] }] })
  assert.deepEqual(
    (await world.groupsOf('numbers')).map(({ number }) => number),
    ['G0000002', 'G1000002'],
  )
})

test('what a file no longer names is listed and stays', async () => {
  const acme = customer('shrinking')
  await world.bring({ customers: [acme] })
  const lists = { sites: [], contracts: [], incidents: [], orders: [], tickets: [], blockedTraffic: [] }
  const [summary] = await world.bring({ customers: [{ ...acme, ...lists, notices: [], groups: [], users: [] }] })
  assert.deepEqual(summary?.unnamed, [
    { kind: 'sites', names: ['head'], customer: 'shrinking' },
    { kind: 'contracts', names: acme.contracts.map(({ number }) => number), customer: 'shrinking' },
    { kind: 'incidents', names: ['F-1'], customer: 'shrinking' },
    { kind: 'orders', names: ['O-1'], customer: 'shrinking' },
    { kind: 'tickets', names: ['T-1'], customer: 'shrinking' },
    { kind: 'blockedTraffic', names: [`2026-11-21 ${acme.contracts[0]?.number} 侵入`], customer: 'shrinking' },
    { kind: 'notices', names: ['N-shrinking'], customer: 'shrinking' },
    { kind: 'groups', names: ['Phones'], customer: 'shrinking' },
    { kind: 'users', names: ['anna@shrinking.example'], customer: 'shrinking' },
  ])
  assert.equal((await world.statuses('shrinking')).length, 2)
})

test('what is over is changed, and afterwards missed by nobody', async () => {
  const acme = customer('finishing')
  await world.bring({ customers: [acme] })
  const over = {
    orders: acme.orders.map((order) => ({ ...order, state: 'completed' })),
    tickets: acme.tickets.map((ticket) => ({ ...ticket, state: 'closed' })),
    notices: acme.notices.map((each) => ({ ...each, endsAt: '2026-11-22T12:00:00+09:00' })),
  }
  const [summary] = await world.bring({ customers: [{ code: 'finishing', name: 'finishing', ...over }] })
  assert.deepEqual(
    summary?.counts.filter(({ changed }) => changed > 0).map(({ kind }) => kind),
    ['notices', 'orders', 'tickets'],
  )
  const none = { orders: [], tickets: [], notices: [] }
  const [silent] = await world.bring({ customers: [{ code: 'finishing', name: 'finishing', ...none }] })
  assert.deepEqual(silent?.unnamed, [])
})

test('a key that is absent leaves its kind alone', async () => {
  await world.bring({ customers: [customer('silent')] })
  const [summary] = await world.bring({ customers: [{ code: 'silent', name: 'Silent Ltd' }] })
  assert.deepEqual(summary?.unnamed, [])
  assert.deepEqual(summary?.counts, [{ kind: 'customers', created: 0, changed: 1, unchanged: 0 }])
})

test('a logo is kept as it was drawn, and a broken pattern is refused', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
  await world.bring({ operator: { ...testOperator, logo: { svg } } })
  const [row] = await world.query<{ logo: Buffer; logo_type: string }>(sql`select logo, logo_type from operator`)
  assert.deepEqual([row?.logo.toString(), row?.logo_type], [svg, 'image/svg+xml'])
  await assert.rejects(
    world.bring({ operator: { ...testOperator, contractNumberPattern: '(' } }),
    faults([/contractNumberPattern must be a regular expression$/]),
  )
})

test('progress ends with everything', async () => {
  const path = await world.write({ customers: [customer('watched')] })
  const reports: [number, number][] = []
  await importFiles(world.database.operator, [path], {
    now: importTime,
    mailing,
    report: (_path, done, total) => reports.push([done, total]),
  })
  assert.deepEqual(reports.at(-1), [11, 11])
})

function created(summary: ImportSummary | undefined): Record<string, number> {
  return Object.fromEntries(summary?.counts.map((count) => [count.kind, count.created]) ?? [])
}

/** Which transaction wrote each row last, or locked it. */
async function rowVersions(code: string): Promise<unknown[]> {
  return world.query(sql`
    with owner as (select id from customer where code = ${code})
    select id, xmin::text, xmax::text from (
      select id, xmin, xmax from customer where id in (table owner) union all
      select id, xmin, xmax from site where customer_id in (table owner) union all
      select id, xmin, xmax from contract where customer_id in (table owner) union all
      select id, xmin, xmax from incident where customer_id in (table owner) union all
      select id, xmin, xmax from contract_order where customer_id in (table owner) union all
      select id, xmin, xmax from ticket where customer_id in (table owner) union all
      select id, xmin, xmax from notice where customer_id in (table owner) union all
      select subject_id, xmin, xmax from blocked_traffic where customer_id in (table owner) union all
      select id, xmin, xmax from user_group where customer_id in (table owner) union all
      select id, xmin, xmax from portal_user where customer_id in (table owner)) every_row
    order by id`)
}
