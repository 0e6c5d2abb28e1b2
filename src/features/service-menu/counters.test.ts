import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Actor } from '#features/actor.ts'
import type { Transaction } from '#platform/database/database.ts'
import { asUser } from '#test/as-user.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type Make, type MadeUser, makerOf } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { superuserOf } from '#test/superuser.ts'
import { findServiceMenu } from './find.ts'

const now = new Date('2026-11-22T03:00:00Z')
let database: TestDatabase
let admin: pg.Pool
let make: Make
let services: string[]

before(async () => {
  database = await testDatabase()
  admin = superuserOf(database)
  make = makerOf(database)
  await make.operator()
  services = [await make.service(), await make.service()]
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

/** What the operator's side does with contracts; `part` says with how many of them. */
const steps: Record<string, (tx: Transaction, customer: string, part: number) => Promise<unknown>> = {
  insert: (tx, customer, part) =>
    sql`insert into contract (customer_id, number, service_id, suspended, opens_on, ended_on)
      select ${customer}, gen_random_uuid(), (${services}::uuid[])[1 + i % 2], i % 3 = 0,
        case when i % 4 = 0 then date '2026-12-01' end, case when i % 5 = 0 then date '2026-01-01' end
      from generate_series(0, ${part}::integer) i`.execute(tx),
  end: (tx, customer, part) => change(tx, sql`ended_on = date '2026-11-01'`, { customer, part }),
  revive: (tx, customer, part) => change(tx, sql`ended_on = null`, { customer, part }),
  suspend: (tx, customer, part) => change(tx, sql`suspended = not suspended`, { customer, part }),
  move: (tx, customer, part) =>
    change(tx, sql`service_id = (${services}::uuid[])[${1 + (part % 2)}::integer]`, { customer, part }),
  fault: (tx, customer, part) =>
    sql`with made as (
        insert into incident (customer_id, code, kind, title_ja, title_en, starts_at, updated_at)
        select customer_id, id || clock_timestamp()::text, 'fault', '', '', ${now}, ${now} from contract
        where customer_id = ${customer} order by id limit ${part} returning id, code)
      insert into incident_contract (customer_id, incident_id, contract_id)
      select ${customer}, id, left(code, 36)::uuid from made`.execute(tx),
  mend: (tx, customer) =>
    sql`update incident set ends_at = starts_at + interval '1 second' where customer_id = ${customer}`.execute(tx),
  refresh: (tx) => sql`select refresh_contract_status(${now}::timestamptz + interval '1 minute')`.execute(tx),
  nothing: (tx, customer) => sql`update contract set memo = memo where customer_id = ${customer}`.execute(tx),
}

function change(
  tx: Transaction,
  what: ReturnType<typeof sql>,
  { customer, part }: { customer: string; part: number },
): Promise<unknown> {
  return sql`update contract set ${what} where id in
    (select id from contract where customer_id = ${customer} order by number limit ${part})`.execute(tx)
}

/** Where the kept counters and a real count disagree. */
async function differences(): Promise<unknown[]> {
  const { rows } = await admin.query<Record<string, unknown>>(`
    select * from (select customer_id, service_id, status, contracts from contract_count where contracts > 0) kept
      full join (select customer_id, service_id, status, count(*)::integer as contracts from contract where ended_on is null group by 1, 2, 3) counted
      using (customer_id, service_id, status, contracts)
    where kept is null or counted is null`)
  return rows
}

test('the kept counters equal a count after whatever happens', async () => {
  const step = fc.record({ name: fc.constantFrom(...Object.keys(steps)), part: fc.nat(6) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (given) => {
      const customer = await make.customer()
      for (const { name, part } of [{ name: 'insert', part: 3 }, ...given])
        await database.operator.transaction(async (tx) => steps[name]?.(tx, customer, part))
    }),
    { numRuns: runs({ usual: 30, many: 1_000 }) },
  )
  assert.deepEqual(await differences(), [])
})

test('what happens at the same time is counted too, and nobody deadlocks', async () => {
  const customers = [await make.customer(), await make.customer()]
  const everything = customers.flatMap((customer) => Array.from({ length: 20 }, (_, i) => ({ customer, i })))
  await Promise.all(
    everything.map(({ customer, i }) =>
      database.operator.transaction((tx) => steps['insert']?.(tx, customer, i % 7) ?? Promise.resolve()),
    ),
  )
  await Promise.all(
    customers.map((customer) =>
      database.operator.transaction((tx) => steps['suspend']?.(tx, customer, 30) ?? Promise.resolve()),
    ),
  )
  assert.deepEqual(await differences(), [])
})

test('what was rolled back is not counted', async () => {
  const customer = await make.customer()
  const work = async (tx: Transaction): Promise<void> => {
    await steps['insert']?.(tx, customer, 5)
    throw new Error('given up')
  }
  await assert.rejects(database.operator.transaction(work), /given up/)
  assert.deepEqual(await differences(), [])
})

test('with 20,000 contracts the menu reads no table of contracts or incidents as a whole', async () => {
  const user = await make.user()
  await makeMany(user)
  // The measure itself.
  assert.deepEqual(await scansOf(user, wholeTable), { contract: 1, incident: 0, incident_contract: 0 })
  const scopes: [string, { serviceId?: string; contractId?: string; level: 'view' }[]][] = [
    ['nothing', []],
    ['200 contracts', (await someContracts(user, 200)).map((contractId) => ({ contractId, level: 'view' }))],
    ['a service and these', [{ serviceId: services[0] ?? '', level: 'view' }]],
    ['everything', [{ level: 'view' }]],
  ]
  for (const [scope, rights] of scopes) {
    await make.group({ customerId: user.customerId, rights, members: [user.id] })
    // More than five times, so that the plan for any values is tried too.
    for (let i = 0; i < 8; i++)
      assert.deepEqual(await scansOf(user, menu), { contract: 0, incident: 0, incident_contract: 0 }, scope)
  }
})

async function makeMany({ customerId }: MadeUser): Promise<void> {
  await admin.query(
    `insert into contract (customer_id, number, service_id) select $1, 'M' || i, ($2::uuid[])[1 + i % 2] from generate_series(1, 20000) i`,
    [customerId, services],
  )
  await admin.query(
    `insert into incident (customer_id, code, kind, title_ja, title_en, starts_at, ends_at, updated_at)
     select customer_id, number, 'fault', '', '', $2::timestamptz - interval '2 days', $2::timestamptz - interval '1 day', $2 from contract where customer_id = $1`,
    [customerId, now],
  )
  await admin.query(
    `insert into incident_contract (customer_id, incident_id, contract_id)
     select i.customer_id, i.id, k.id from incident i join contract k on k.customer_id = i.customer_id and k.number = i.code where i.customer_id = $1`,
    [customerId],
  )
  await admin.query('analyze contract, incident, incident_contract, contract_count, service')
}

async function someContracts({ customerId }: MadeUser, n: number): Promise<string[]> {
  const { rows } = await admin.query<{ id: string }>('select id from contract where customer_id = $1 limit $2', [
    customerId,
    n,
  ])
  return rows.map(({ id }) => id)
}

const menu = (tx: Transaction, actor: Actor): Promise<unknown> => findServiceMenu(tx, actor, now)
const wholeTable = async (tx: Transaction): Promise<void> => {
  for (const way of ['indexscan', 'indexonlyscan', 'bitmapscan'])
    await sql`select set_config(${`enable_${way}`}, 'off', true)`.execute(tx)
  await sql`select from contract`.execute(tx)
}

/** How often PostgreSQL really reads a table from end to end for some work. */
async function scansOf(user: MadeUser, work: typeof menu | typeof wholeTable): Promise<Record<string, number>> {
  return asUser(database, { user, now }, async (tx, actor) => {
    const earlier = await scans(tx)
    await work(tx, actor)
    const later = await scans(tx)
    return Object.fromEntries(Object.entries(later).map(([name, n]) => [name, n - (earlier[name] ?? 0)]))
  })
}

async function scans(tx: Transaction): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string; n: number }>`
    select relname as name, seq_scan as n from pg_stat_xact_user_tables
    where relname in ('contract', 'incident', 'incident_contract') order by 1`.execute(tx)
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]))
}
