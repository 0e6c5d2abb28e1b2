import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { testDatabase } from '#test/database.ts'
import { superuserOf } from '#test/superuser.ts'

const database = await testDatabase()
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

/** Five lines with 100,000 extensions between them; in each, groups of ten, and numbers that lead to them by hours. */
const lines = 5
const extensionsOf = 20_000
const customer = crypto.randomUUID()
const contracts = Array.from({ length: lines }, () => crypto.randomUUID())

before(async () => {
  const client = await admin.connect()
  await client.query('set session_replication_role = replica')
  for (const [at, contract] of contracts.entries())
    await client.query(filling(`'${customer}'::uuid, '${contract}'::uuid`, at))
  await client.query('set session_replication_role = origin')
  await client.query('vacuum analyze')
  client.release()
})

/** Past triggers: a line as it stands, not as it came to be. */
function filling(keys: string, at: number): string {
  const calendar = crypto.randomUUID()
  return `
    insert into pbx.line (customer_id, contract_id, number, sip_domain, first_extension, last_extension, most_extensions, channels, extensions, call_groups)
      values (${keys}, 'L${at}', 'L${at}', '20001', '59999', ${extensionsOf}, 8, ${extensionsOf}, 200);
    insert into pbx.inside_number (customer_id, contract_id, number, kind)
      select ${keys}, (20000 + n)::text, 'extension' from generate_series(1, ${extensionsOf}) n
      union all select ${keys}, (50000 + n)::text, 'group' from generate_series(1, 200) n;
    insert into pbx.extension (customer_id, contract_id, number, name) select ${keys}, (20000 + n)::text, '内線 ' || n from generate_series(1, ${extensionsOf}) n;
    insert into pbx.forward (customer_id, contract_id, extension, condition, to_inside)
      select ${keys}, (20000 + n)::text, 'busy', (20001 + n)::text from generate_series(1, ${extensionsOf - 1}, 3) n;
    insert into pbx.call_group (customer_id, contract_id, number, name, kind, then_inside)
      select ${keys}, (50000 + n)::text, 'グループ ' || n, case n % 2 when 0 then 'sequential' else 'even' end, (50000 + n % 200 + 1)::text from generate_series(1, 200) n;
    insert into pbx.call_group_member (customer_id, contract_id, call_group, extension, position)
      select ${keys}, (50000 + n)::text, (20000 + n * 10 + m)::text, m from generate_series(1, 200) n, generate_series(1, 10) m;
    insert into pbx.calendar (customer_id, contract_id, id, name) values (${keys}, '${calendar}', '平日');
    insert into pbx.calendar_slot (customer_id, contract_id, calendar_id, weekday, opens, closes)
      select ${keys}, '${calendar}', n, 540, 1080 from generate_series(1, 7) n;
    insert into pbx.external_number (customer_id, contract_id, number, target, calendar_id)
      select ${keys}, '050${at}' || lpad(n::text, 7, '0'), case when n > 0 then (50000 + n)::text end, case when n > 0 then '${calendar}'::uuid end
      from generate_series(0, 199) n;`
}

/** Calls, with the rows that each may read: what it leads through, however many there are beside. */
const calls: [what: string, called: string, most: number][] = [
  ['an extension that forwards', '20499', 20],
  ['a group of ten, and those after it', '50100', 150],
  ['a number with hours', '05010000100', 150],
  ['a number without a target', '05010000000', 10],
  ['a number of nobody', '0399999999', 0],
]

for (const role of ['telephone_engine', 'portal_app'] as const)
  test(`as ${role}, a call among 100,000 extensions reads what it leads through and no more`, async () => {
    const client = await admin.connect()
    const contract = contracts[1] ?? assert.fail()
    await client.query(`select set_config('app.customer', $1, false), set_config('app.contract', $2, false)`, [
      customer,
      contract,
    ])
    await client.query(`set role ${role}`)
    for (const [what, called, most] of calls) {
      // Until plans are kept, whatever is called.
      for (let time = 0; time < 7; time++) await ring(client, contract, called)
      await client.query('begin')
      const rows = await rowsRead(client)
      await ring(client, contract, called)
      const read = (await rowsRead(client)) - rows
      await client.query('commit')
      assert.equal(read > 0, most > 0, what)
      assert(read <= most, `${what}: ${read} rows`)
    }
    await client.query('reset role')
    client.release()
  })

async function ring(client: pg.PoolClient, contract: string, called: string): Promise<void> {
  await client.query({
    name: 'ring',
    text: `select count(*) from (select pbx.route_call($1, $2, $3, '2026-11-30T03:00:00Z') as plan) p,
      lateral pbx.who_rings(p.plan, '{}', '{}') r`,
    values: [customer, contract, called],
  })
}

/** By this transaction, of all settings: by index or by going through the table. */
async function rowsRead(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ read: number }>(
    `select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_xact_user_tables where schemaname = 'pbx'`,
  )
  return rows[0]?.read ?? 0
}
