import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { importFiles, type ImportSummary } from './import.ts'
import { FaultyFile } from './json-file.ts'

const now = new Date('2026-11-22T05:00:00Z')
let folder: string
let database: TestDatabase
let files = 0

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-import-'))
  database = await testDatabase()
  await bring(operator)
})
after(async () => {
  await database[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

test('the same file again changes nothing', async () => {
  const acme = customer('twice')
  const [first] = await bring({ customers: [acme] })
  assert.deepEqual(created(first), { customers: 1, sites: 1, contracts: 2, incidents: 1, groups: 1, users: 1 })
  const before = await rowVersions('twice')
  const [second] = await bring({ customers: [acme] })
  assert.deepEqual(second?.counts.map(({ created, changed }) => created + changed), [0, 0, 0, 0, 0, 0])
  assert.deepEqual(second?.unnamed, [])
  assert.deepEqual(await rowVersions('twice'), before)
})

test('what differs is changed, and a contract is ended by a field', async () => {
  const acme = customer('changing')
  await bring({ customers: [acme] })
  const [first, second] = acme.contracts
  const changed = { ...acme, contracts: [{ ...first, endedOn: '2026-11-01' }, { ...second, suspended: true }] }
  const [summary] = await bring({ customers: [changed] })
  assert.deepEqual(summary?.counts.find(({ kind }) => kind === 'contracts'), { kind: 'contracts', created: 0, changed: 2, unchanged: 0 })
  const counts = await query<{ status: string; contracts: number }>(sql`
    select status, contracts from contract_count join customer on customer.id = customer_id where code = 'changing' and contracts > 0`)
  assert.deepEqual(counts, [{ status: 'suspended', contracts: 1 }])
})

test('the status of a contract follows from its open incident', async () => {
  const acme = customer('faulty')
  await bring({ customers: [acme] })
  assert.deepEqual(await statuses('faulty'), ['fault', 'normal'])
  await bring({ customers: [{ ...acme, incidents: acme.incidents.map((incident) => ({ ...incident, endsAt: '2026-11-22T13:00:00+09:00' })) }] })
  assert.deepEqual(await statuses('faulty'), ['normal', 'normal'])
})

test('a memo is the customer\'s once the contract is there', async () => {
  const acme = customer('memo')
  await bring({ customers: [acme] })
  await query(sql`update contract set memo = 'ours' where number = ${acme.contracts[0]?.number}`)
  await bring({ customers: [acme] })
  assert.deepEqual(await query(sql`select memo from contract where number = ${acme.contracts[0]?.number}`), [{ memo: 'ours' }])
})

test('groups and users are created once and never touched again', async () => {
  const acme = customer('once')
  await bring({ customers: [acme] })
  await query(sql`update user_group set name = 'Renamed' where name = 'Phones' and customer_id = (select id from customer where code = 'once')`)
  await query(sql`update portal_user set mail = 'moved@once.example', name = 'Moved' where login_id = 'anna@once.example'`)
  const other = { ...acme.users[0], mail: 'bob@once.example' }
  const [summary] = await bring({ customers: [{ ...acme, users: [{ ...acme.users[0], name: 'Not so' }, other] }] })
  assert.deepEqual(created(summary), { customers: 0, sites: 0, contracts: 0, incidents: 0, groups: 0, users: 1 })
  assert.deepEqual(await groupsOf('once'), [
    { number: 'G0000002', name: '全サービス参照編集権限グループ（自動）', members: [] },
    { number: 'G1000001', name: 'Renamed', members: ['bob@once.example', 'moved@once.example'] },
  ])
  await query(sql`update portal_user set state = 'deleted' where login_id = 'moved@once.example'`)
  const [third] = await bring({ customers: [acme] })
  assert.equal(created(third).users, 0)
})

test('numbers of groups are never used again', async () => {
  const acme = customer('numbers')
  await bring({ customers: [acme] })
  const [found] = await query<{ id: string }>(sql`select id from customer where code = 'numbers'`)
  await database.app.transaction(async (tx) => {
    await sql`select set_config('app.customer', ${found?.id}, true)`.execute(tx)
    await sql`delete from user_group where number = 'G1000001'`.execute(tx)
  })
  const more = { name: 'More', rights: { allServices: 'view' } }
  await bring({ customers: [{ ...acme, users: undefined, groups: [...acme.groups, more] }] })
  assert.deepEqual((await groupsOf('numbers')).map(({ number }) => number), ['G0000002', 'G1000002'])
})

test('what a file no longer names is listed and stays', async () => {
  const acme = customer('shrinking')
  await bring({ customers: [acme] })
  const [summary] = await bring({ customers: [{ ...acme, sites: [], contracts: [], incidents: [], groups: [], users: [] }] })
  assert.deepEqual(summary?.unnamed, [
    { kind: 'sites', names: ['head'], customer: 'shrinking' },
    { kind: 'contracts', names: acme.contracts.map(({ number }) => number), customer: 'shrinking' },
    { kind: 'incidents', names: ['F-1'], customer: 'shrinking' },
    { kind: 'groups', names: ['Phones'], customer: 'shrinking' },
    { kind: 'users', names: ['anna@shrinking.example'], customer: 'shrinking' },
  ])
  assert.equal((await statuses('shrinking')).length, 2)
})

test('a key that is absent leaves its kind alone', async () => {
  await bring({ customers: [customer('silent')] })
  const [summary] = await bring({ customers: [{ code: 'silent', name: 'Silent Ltd' }] })
  assert.deepEqual(summary?.unnamed, [])
  assert.deepEqual(summary?.counts, [{ kind: 'customers', created: 0, changed: 1, unchanged: 0 }])
})

test('a contract of another customer is refused, and nothing of the file is kept', async () => {
  const [victim, thief] = [customer('victim'), customer('thief')]
  await bring({ customers: [victim] })
  await assert.rejects(bring({ customers: [{ ...thief, contracts: victim.contracts }] }), faults([/:\d+: customers\[0\]\.contracts\[0\]\.number is a contract of another customer: N1\d+$/, /contracts\[1\]/]))
  assert.deepEqual(await query(sql`select code from customer where code = 'thief'`), [])
})

test('a mail address of another customer is refused', async () => {
  const [victim, thief] = [customer('victim-2'), customer('thief-2')]
  await bring({ customers: [victim] })
  const users = [{ ...thief.users[0], mail: 'ＡＮＮＡ@victim-2.example'.normalize('NFKC') }]
  await assert.rejects(bring({ customers: [{ ...thief, users }] }), faults([/users\[0\]\.mail is a user of another customer$/]))
})

test('a reference that leads nowhere is refused with its line', async () => {
  const acme = customer('lost')
  const [contract] = acme.contracts
  const wrong = {
    ...acme,
    contracts: [{ ...contract, service: 'teleport' }, { ...contract, number: 'N199999999', site: 'moon' }],
  }
  await assert.rejects(bring({ customers: [wrong] }), faults([/service names no service: teleport$/, /site names no site of lost: moon$/]))
  const users = [{ ...acme.users[0], groups: ['Phones', 'Nobody'] }]
  await assert.rejects(bring({ customers: [{ ...acme, users }] }), faults([/users\[0\]\.groups\[1\] names no group of lost: Nobody$/]))
  const groups = [{ name: 'Phones', rights: { services: { teleport: 'view' }, contracts: { N1: 'edit' } } }]
  await assert.rejects(bring({ customers: [{ ...acme, groups }] }), faults([/rights\.services\.teleport names no service$/, /rights\.contracts\.N1 names no contract of lost$/]))
})

test('a number that stands twice, or is not the operator\'s, or a contract that ends too early is refused', async () => {
  const acme = customer('numbered')
  const [contract] = acme.contracts
  await assert.rejects(bring({ customers: [{ ...acme, contracts: [contract, contract] }] }), faults([/contracts\[1\]\.number stands here for the second time/]))
  await assert.rejects(bring({ customers: [{ ...acme, contracts: [{ ...contract, number: 'X1' }] }] }), faults([/does not fit the operator's pattern \^N\\d\{9\}\$$/]))
  await assert.rejects(bring({ customers: [{ ...acme, contracts: [{ ...contract, endedOn: '2026-11-23' }] }] }), faults([/endedOn lies in the future/]))
})

test('customers need an operator', async () => {
  await using empty = await testDatabase()
  const path = await write({ customers: [customer('early')] })
  await assert.rejects(importFiles(empty.operator, [path], { now, report: () => undefined }), faults([/:2: customers need an operator/]))
})

test('a logo is kept as it was drawn, and a broken pattern is refused', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
  await bring({ operator: { ...operator.operator, logo: { svg } } })
  const [row] = await query<{ logo: Buffer; logo_type: string }>(sql`select logo, logo_type from operator`)
  assert.deepEqual([row?.logo.toString(), row?.logo_type], [svg, 'image/svg+xml'])
  await assert.rejects(bring({ operator: { ...operator.operator, contractNumberPattern: '(' } }), faults([/contractNumberPattern must be a regular expression$/]))
})

test('progress ends with everything', async () => {
  const path = await write({ customers: [customer('watched')] })
  const reports: [number, number][] = []
  await importFiles(database.operator, [path], { now, report: (_path, done, total) => reports.push([done, total]) })
  assert.deepEqual(reports.at(-1), [7, 7])
})

const operator = {
  operator: {
    name: { ja: '試験通信', en: 'Test Telecom' },
    slogan: { ja: '試す', en: 'Try' },
    contractNumberPattern: String.raw`^N\d{9}$`,
  },
  serviceCategories: [{ code: 'voice', name: { ja: '電話', en: 'Voice' } }],
  services: [{ code: 'phone', category: 'voice', name: { ja: '電話', en: 'Phone' } }],
}

let numbers = 100_000_000

function customer(code: string) {
  const contracts = [0, 1].map(() => ({ number: `N${++numbers}`, service: 'phone', site: 'head', memo: 'Desk' }))
  return {
    code,
    name: code,
    sites: [{ code: 'head', name: 'Head office' }],
    contracts,
    incidents: [
      {
        code: 'F-1',
        contract: contracts[0]?.number,
        kind: 'fault',
        title: { ja: '故障', en: 'Fault' },
        startsAt: '2026-11-22T10:00:00+09:00',
        updatedAt: '2026-11-22T10:00:00+09:00',
      },
    ],
    groups: [{ name: 'Phones', rights: { services: { phone: 'view' }, contracts: { [contracts[1]?.number ?? '']: 'edit' } } }],
    users: [{ mail: `anna@${code}.example`, name: 'Anna', phone: '03-0000-0000', role: 'general-user', groups: ['Phones'] }],
  }
}

async function bring(content: object): Promise<ImportSummary[]> {
  return importFiles(database.operator, [await write(content)], { now, report: () => undefined })
}

async function write(content: object): Promise<string> {
  const path = join(folder, `${++files}.json`)
  await writeFile(path, JSON.stringify(content, null, 2))
  return path
}

async function query<Row>(statement: RawBuilder<unknown>): Promise<Row[]> {
  // The statement's columns are named beside the call.
  return database.operator.transaction(async (tx) => (await statement.execute(tx)).rows as Row[])
}

function created(summary: ImportSummary | undefined): Record<string, number> {
  return Object.fromEntries(summary?.counts.map((count) => [count.kind, count.created]) ?? [])
}

async function statuses(code: string): Promise<string[]> {
  const rows = await query<{ status: string }>(sql`
    select status from contract join customer on customer.id = customer_id where code = ${code} order by number`)
  return rows.map(({ status }) => status)
}

async function groupsOf(code: string): Promise<{ number: string; name: string; members: string[] }[]> {
  return query(sql`
    select number, user_group.name, coalesce(array_agg(mail order by mail) filter (where mail is not null), '{}') as members
    from user_group join customer on customer.id = customer_id
    left join user_group_member on user_group_id = user_group.id left join portal_user on portal_user.id = user_id
    where code = ${code} group by user_group.id order by number`)
}

/** Which transaction wrote each row last. */
async function rowVersions(code: string): Promise<unknown[]> {
  return query(sql`
    with owner as (select id from customer where code = ${code})
    select id, xmin::text, xmax::text from (
      select id, xmin, xmax from customer union all
      select id, xmin, xmax from site where customer_id in (table owner) union all
      select id, xmin, xmax from contract where customer_id in (table owner) union all
      select id, xmin, xmax from incident where customer_id in (table owner) union all
      select id, xmin, xmax from user_group where customer_id in (table owner) union all
      select id, xmin, xmax from portal_user where customer_id in (table owner)) every_row
    order by id`)
}

/** Matches the lines of a FaultyFile one by one. */
function faults(expected: readonly RegExp[]): (error: unknown) => true {
  return (error) => {
    assert(error instanceof FaultyFile)
    assert.equal(error.faults.length, expected.length, error.faults.join('\n'))
    for (const [index, pattern] of expected.entries()) assert.match(error.faults[index] ?? '', pattern)
    return true
  }
}
