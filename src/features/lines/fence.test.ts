import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import pg from 'pg'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'
import { openLine } from './open.ts'

const database = await testDatabase()
const admin = superuserOf(database)
const app = new pg.Pool({ ...database.appConfig, max: 1 })
after(async () => {
  await Promise.all([admin.end(), app.end()])
  await database[Symbol.asyncDispose]()
})

interface Opened {
  customer: string
  contract: string
}

const make = makerOf(database)
const serviceId = await make.service()
const customerId = await make.customer()
const own = await filled(customerId)
const sister = await filled(customerId)
const foreign = await filled(await make.customer())

const { rows: tables } = await admin.query<{ name: string }>(`
  select oid::regclass::text as name from pg_class c where relnamespace = 'pbx'::regnamespace and relkind = 'r'
    and exists (select from pg_attribute where attrelid = c.oid and attname = 'contract_id') order by 1`)

/** A contract with a row in every table of settings. */
async function filled(customer: string): Promise<Opened> {
  const contract = await make.contract({ customerId: customer, serviceId })
  const keys = `'${customer}'::uuid, '${contract}'::uuid`
  const { rows } = await admin.query<{ number: string }>(`select number from contract where id = '${contract}'`)
  const outside = `0${rows[0]?.number.slice(1)}`
  await admin.query(`begin;
    select set_config('pbx.change', nextval('pbx.change_id')::text, true);
    insert into pbx.line (customer_id, contract_id, number, sip_domain, first_extension, last_extension, most_extensions, channels)
      values (${keys}, '${outside}', '${outside}.example', '1000', '6999', 2, 8);
    insert into pbx.inside_number values (${keys}, '1001', 'extension'), (${keys}, '6000', 'group');
    insert into pbx.calendar (customer_id, contract_id, name) values (${keys}, '平日');
    insert into pbx.calendar_slot select ${keys}, id, 1, 540, 1080 from pbx.calendar where contract_id = '${contract}';
    insert into pbx.calendar_day select ${keys}, id, '2026-12-29' from pbx.calendar where contract_id = '${contract}';
    insert into pbx.external_number (customer_id, contract_id, number, target) values (${keys}, '${outside}', '6000');
    insert into pbx.extension (customer_id, contract_id, number) values (${keys}, '1001');
    insert into pbx.call_group (customer_id, contract_id, number, name, kind) values (${keys}, '6000', '代表', 'even');
    insert into pbx.call_group_member (customer_id, contract_id, call_group, extension, position) values (${keys}, '6000', '1001', 1);
    insert into pbx.forward (customer_id, contract_id, extension, condition, to_inside) values (${keys}, '1001', 'busy', '6000');
    insert into pbx.outside_target (customer_id, contract_id, number, added_at, added_by_name) values (${keys}, '0312345678', now(), '');
    insert into pbx.change (customer_id, contract_id, id, at, actor_name, action, origin)
      values (${keys}, currval('pbx.change_id'), now(), '', 'test', 'operator');
    insert into pbx.reservation (customer_id, contract_id, due_at, reserved_at, actor_id, actor_name, action, changes, numbers)
      values (${keys}, now() + interval '1 day', now(), gen_random_uuid(), '', 'test', '[]', '{}');
    insert into pbx.line_finding (customer_id, contract_id, kind, about, number, id, path, name)
      values (${keys}, 'loop', 'group', '6000', gen_random_uuid(), '{}', '');
    insert into pbx.copy_run (customer_id, contract_id, at, actor_id, action, subject, outcomes)
      values (${keys}, now(), gen_random_uuid(), 'test', '', '[]');
    commit`)
  return { customer, contract }
}

/** As the app, with this named. */
async function asApp<T>({ customer, contract }: Opened, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await app.connect()
  try {
    await client.query('begin')
    await client.query(`select set_config('app.customer', $1, true), set_config('app.contract', $2, true)`, [
      customer,
      contract,
    ])
    return await work(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const changing = `select set_config('pbx.change', '1', true)`

test('of each table of settings only rows of the contract are seen that is named together with its customer', async () => {
  assert(tables.length >= 12)
  const askedFor: [Opened, number][] = [
    [own, 1],
    [{ ...own, contract: '' }, 0],
    [{ customer: '', contract: own.contract }, 0],
    [{ customer: own.customer, contract: foreign.contract }, 0],
    [{ customer: foreign.customer, contract: own.contract }, 0],
  ]
  for (const { name } of tables)
    for (const [opened, least] of askedFor) {
      const others = await asApp(opened, async (client) => {
        const { rows } = await client.query<{ contract_id: string }>(`select contract_id from ${name}`)
        assert(least === 0 ? rows.length === 0 : rows.length >= least, `${name}: ${rows.length}`)
        return rows.filter(({ contract_id }) => contract_id !== own.contract)
      })
      assert.deepEqual(others, [])
    }
})

test('a line is opened by whoever may see its contract, and leaves nothing open for others', async () => {
  const user = await make.user({ customerId })
  await make.group({ customerId, rights: [{ contractId: own.contract, level: 'view' }], members: [user.id] })
  const unprovided = await make.contract({ customerId, serviceId })
  await asUser(database, { user, now: new Date() }, async (tx, _, ctx) => {
    const opened = await openLine(ctx, own.contract)
    assert.deepEqual([opened?.contract.mayEdit, opened?.line.extensions, opened?.line.callGroups], [false, 1, 1])
    for (const other of [sister.contract, foreign.contract, unprovided]) {
      assert.equal(await openLine(ctx, other), undefined)
      assert.deepEqual(await tx.selectFrom('pbx.extension').select('number').execute(), [])
    }
  })
})

test('nothing of another contract is changed, and nothing points into one', async () => {
  await asApp(own, async (client) => {
    await client.query(changing)
    for (const { contract } of [sister, foreign]) {
      for (const name of ['inside_number', 'extension', 'call_group', 'call_group_member', 'forward', 'calendar']) {
        const { rowCount } = await client.query(`delete from pbx.${name} where contract_id = $1`, [contract])
        assert.equal(rowCount, 0)
      }
    }
  })
  const forbidden: [statement: string, code: string, contract?: Opened][] = [
    [`insert into pbx.inside_number values ('${own.customer}', '${sister.contract}', '1002', 'extension')`, '42501'],
    [`update pbx.external_number set target = '9999'`, '23503'],
    [`update pbx.external_number set number = '0300009999'`, '42501'],
    [
      `insert into pbx.external_number (customer_id, contract_id, number) values ('${own.customer}', '${own.contract}', '0300009999')`,
      '42501',
    ],
    [`update pbx.line set most_extensions = 1000`, '42501'],
    [`update pbx.line set extensions = 0`, '42501'],
    [`update pbx.change set actor_name = 'somebody else'`, '42501'],
    [`delete from pbx.changed_row`, '42501'],
    [`update pbx.reservation set changes = '[]'`, '42501'],
    [`update pbx.reservation set state = 'done', settled_at = now()`, '42501'],
    [
      `insert into pbx.changed_row (customer_id, contract_id, change_id, relation) values ('${own.customer}', '${own.contract}', 1, 'line')`,
      '42501',
    ],
  ]
  for (const [statement, code] of forbidden)
    await asApp(own, async (client) => {
      await client.query(changing)
      await assert.rejects(client.query(statement), { code }, statement)
    })
})

test('a line takes as many extensions as it may, and counts them', async () => {
  const [second, third] = ['1002', '1003'].map(
    (number) => `insert into pbx.inside_number values ('${own.customer}', '${own.contract}', '${number}', 'extension')`,
  )
  await asApp(own, async (client) => {
    await client.query(changing)
    await client.query(second ?? '')
    const { rows } = await client.query(`select extensions, call_groups from pbx.line`)
    assert.deepEqual(rows, [{ extensions: 2, call_groups: 1 }])
    await assert.rejects(client.query(third ?? ''), { constraint: 'line_not_too_many' })
  })
})

test('no settings are written outside of a change', async () => {
  const statements = [
    `update pbx.extension set name = '山田'`,
    `insert into pbx.inside_number values ('${own.customer}', '${own.contract}', '1002', 'extension')`,
    `delete from pbx.call_group_member`,
    `update pbx.external_number set memo = '代表'`,
    `update pbx.calendar set name = '平日2'`,
  ]
  for (const statement of statements)
    await asApp(own, (client) => assert.rejects(client.query(statement), /within a change only/, statement))
})

test('a new number is followed by everything that names it', async () => {
  await asApp(own, async (client) => {
    await client.query(changing)
    await client.query(`update pbx.inside_number set number = '1201' where number = '1001'`)
    await client.query(`update pbx.inside_number set number = '6100' where number = '6000'`)
    const { rows } = await client.query(`
      select (select target from pbx.external_number) as target, (select number from pbx.extension) as extension,
        (select call_group || ' ' || extension from pbx.call_group_member) as member,
        (select extension || ' ' || to_inside from pbx.forward) as forward`)
    assert.deepEqual(rows, [{ target: '6100', extension: '1201', member: '6100 1201', forward: '1201 6100' }])
  })
})
