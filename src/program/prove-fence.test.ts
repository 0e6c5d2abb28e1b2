import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { type Database, openDatabase, type Transaction } from '#platform/database/database.ts'
import { isStartProblem } from '#platform/start-problem.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { superuserOf } from '#test/superuser.ts'
import { sql } from 'kysely'
import { proveFence } from './prove-fence.ts'

let database: TestDatabase
let admin: pg.Pool

before(async () => {
  database = await testDatabase()
  admin = superuserOf(database)
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

async function assertRefused(reason: RegExp, app: pg.ClientConfig = database.appConfig): Promise<void> {
  await assert.rejects(proveFence(app), (error: unknown) => {
    assert(isStartProblem(error))
    assert.equal(error.problem, 'fence-broken')
    assert.match(error.message, reason)
    return true
  })
}

test('the fence of the migrations holds', async () => {
  await proveFence(database.appConfig)
})

// Each in the database of this file alone, and taken back.
const gaps: [what: string, open: string, close: string, reason: RegExp][] = [
  [
    'a table whose fence is off',
    'alter table site disable row level security',
    'alter table site enable row level security',
    /table site/,
  ],
  [
    'a table whose owner sees over the fence',
    'alter table session no force row level security',
    'alter table session force row level security',
    /table session/,
  ],
  [
    'a new table without a fence',
    'create table forgotten (customer_id uuid)',
    'drop table forgotten',
    /table forgotten/,
  ],
  [
    'a policy that asks for nothing, though no row is there',
    'create policy wide on mail to portal_app using (true)',
    'drop policy wide on mail',
    /table mail/,
  ],
  [
    'a policy for everybody',
    'create policy wide on incident for select using (true)',
    'drop policy wide on incident',
    /table incident/,
  ],
  [
    'a policy that lets anything be written',
    'create policy wide on site for insert to portal_app with check (true)',
    'drop policy wide on site',
    /table site/,
  ],
  [
    'a policy of settings that asks for the customer alone',
    'create policy wide on pbx.extension to portal_app using (customer_id = app_customer())',
    'drop policy wide on pbx.extension',
    /table extension .* contract/,
  ],
  [
    'settings without a fence',
    'create table pbx.forgotten (customer_id uuid)',
    'drop table pbx.forgotten',
    /table forgotten/,
  ],
  [
    'a policy that reads one customer and writes all',
    'create policy wide on site to portal_app using (customer_id = app_customer()) with check (true)',
    'drop policy wide on site',
    /table site/,
  ],
  [
    'a policy that asks for the customer or for nothing',
    'create policy wide on mail for select to portal_app using (customer_id = app_customer() or true)',
    'drop policy wide on mail',
    /table mail/,
  ],
  [
    'a policy of the fence that was widened',
    'alter policy of_the_customer on site with check (customer_id = app_customer() or code is not null)',
    'alter policy of_the_customer on site with check (customer_id = app_customer())',
    /table site/,
  ],
  [
    'a policy that is right for another table alone',
    'create policy wide on contract for select to portal_app using (customer_id is null or customer_id = app_customer())',
    'drop policy wide on contract',
    /table contract/,
  ],
  [
    'a view that its owner reads',
    'create view wide as select * from contract; grant select on wide to portal_app',
    'drop view wide',
    /view wide/,
  ],
  [
    'what is kept of a query',
    'create materialized view wide as select * from contract; grant select on wide to portal_app',
    'drop materialized view wide',
    /view wide/,
  ],
  [
    'a table that the role owns',
    'alter table operator owner to portal_app',
    'alter table operator owner to portal_owner',
    /operator/,
  ],
]

for (const [what, open, close, reason] of gaps) {
  test(`refused: ${what}`, async () => {
    await admin.query(open)
    await assertRefused(reason)
    await admin.query(close)
    await proveFence(database.appConfig)
  })
}

test('accepted: a view read with the rights of the reader', async () => {
  await admin.query(
    'create view narrow with (security_invoker = true) as select * from contract; grant select on narrow to portal_app',
  )
  await proveFence(database.appConfig)
  await admin.query('drop view narrow')
})

test('refused: a setting of the role that opens the fence for one customer, while rows are there', async () => {
  const make = makerOf(database)
  const customer = await make.customer()
  await admin.query(`alter role portal_app in database ${database.appConfig.database} set app.customer = '${customer}'`)
  await assertRefused(/table customer/)
  await admin.query(`alter role portal_app in database ${database.appConfig.database} reset app.customer`)
  await proveFence(database.appConfig)
})

test('a notice for everybody is seen on purpose, a policy that shows those of customers is a gap', async () => {
  const notice = (customer: string | null, code: string): Promise<unknown> =>
    admin.query(
      `insert into notice (customer_id, code, kind, title_ja, title_en, body_ja, body_en, published_at)
        values ($1, $2, 'news', '', '', '', '', now())`,
      [customer, code],
    )
  await notice(null, 'everybody')
  await notice(await makerOf(database).customer(), 'one')
  await proveFence(database.appConfig)
  await admin.query(
    'create policy wide on notice for select to portal_app using (customer_id is not null or customer_id = app_customer())',
  )
  await assertRefused(/policy of the table notice/)
  await admin.query('drop policy wide on notice')
  await proveFence(database.appConfig)
})

// Roles belong to the whole server, where other tests run: these are of this test alone.
const powers: [what: string, how: string][] = [
  ['that may pass the fence', 'bypassrls'],
  ['that may do anything', 'superuser'],
  ['that may make roles', 'createrole'],
  ['that is somebody else too', 'in role portal_operator'],
]

for (const [what, how] of powers) {
  test(`refused: a role ${what}`, async () => {
    const role = `test_${randomUUID().replaceAll('-', '')}`
    await admin.query(`create role ${role} login noinherit ${how}`)
    await admin.query(`grant connect on database ${database.appConfig.database} to ${role}`)
    try {
      await assertRefused(/role has or owns too much/, { ...database.appConfig, user: role })
    } finally {
      await admin.query(`drop owned by ${role}; drop role ${role}`)
    }
  })
}

test('H13: one connection that serves two customers in turn never mixes them', async () => {
  const make = makerOf(database)
  const customers = [await make.customer(), await make.customer()]
  const service = await make.service()
  for (const customerId of customers)
    for (let i = 0; i < 5; i++) {
      const contractId = await make.contract({ customerId, serviceId: service })
      await make.fault({ customerId, contractId })
    }
  const one = openDatabase({ connection: database.appConfig, connections: 1 })
  try {
    for (let round = 0; round < runs({ usual: 300, many: 10_000 }); round++)
      await readInTurn(one, customers[round % 2] ?? '', round)
  } finally {
    await one.close()
  }
})

async function readInTurn(one: Database, customer: string, round: number): Promise<void> {
  const seen = await one.transaction(async (tx) => {
    await sql`select set_config('app.customer', ${customer}, true)`.execute(tx)
    return (await Promise.all([readTable(tx), readJoin(tx), readCommon(tx)])).flat()
  })
  assert.equal(seen.length, 15)
  for (const row of seen) assert.equal(row.customer_id, customer)
  // Between two, somebody for whom nothing is set, and whose transaction fails.
  if (round % 7 === 0)
    await assert.rejects(
      one.transaction(async (tx) => {
        assert.deepEqual(await readTable(tx), [])
        throw new Error('given up')
      }),
      /given up/,
    )
}

interface Row {
  customer_id: string
}

const readTable = async (tx: Transaction): Promise<Row[]> => tx.selectFrom('contract').select('customer_id').execute()

const readJoin = async (tx: Transaction): Promise<Row[]> =>
  (await sql<Row>`select k.customer_id from incident_contract i join contract k on k.id = i.contract_id`.execute(tx))
    .rows

const readCommon = async (tx: Transaction): Promise<Row[]> =>
  (
    await sql<Row>`with kept as materialized (select customer_id, fold_text(number) from contract)
      select customer_id from kept where exists (select from contract_count n where n.customer_id = kept.customer_id)`.execute(
      tx,
    )
  ).rows
