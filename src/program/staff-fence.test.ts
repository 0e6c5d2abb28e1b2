import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { testDatabase } from '#test/database.ts'
import { makerOf, type MadeUser } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'
import { type FencedTable, fencedTables, makeTwoCustomers, type TwoCustomers } from '#test/two-customers.ts'
import { proveStaffFence } from './prove-fence.ts'

const database = await testDatabase()
const admin = superuserOf(database)
const staff = new pg.Client(database.staffConfig)
let member: MadeUser
let tables: FencedTable[]
let two: TwoCustomers

before(async () => {
  await staff.connect()
  two = await makeTwoCustomers(database)
  member = await makerOf(database).staff()
  tables = await fencedTables(admin, 'portal_staff')
})
after(async () => {
  await Promise.all([admin.end(), staff.end()])
  await database[Symbol.asyncDispose]()
})

/** In a transaction of portal_staff that names a customer, or none; rolled back. */
async function naming<T>(customer: string | undefined, work: () => Promise<T>): Promise<T> {
  await staff.query('begin')
  try {
    if (customer !== undefined) await staff.query(`select set_config('app.customer', $1, true)`, [customer])
    return await work()
  } finally {
    await staff.query('rollback')
  }
}

/** What proves somebody, or is written for a login: of all of it staff see their own alone. */
const ofTheHouse = [
  'first_login',
  'form_draft',
  'known_browser',
  'mail_change',
  'recovery_code',
  'session_on_site',
  'sign_in',
  'staff_member',
  'staff_role',
  'trusted_browser',
  'user_credential',
]

test('staff see rows of every customer where they see any, but of what proves a user those of the house alone', async () => {
  const seen = async ({ name, key }: FencedTable): Promise<string[]> => {
    const { rows } = await staff.query<{ key: string }>(`select distinct ${key} as key from ${name}`)
    return rows.map((row) => row.key)
  }
  const closed: string[] = []
  for (const table of tables.filter(({ readable }) => readable)) {
    const customers = await naming(two.anna, () => seen(table))
    const seesOthers = customers.includes(two.anna) || customers.includes(two.bob)
    if (!seesOthers) closed.push(table.name)
    else if (!['customer_note', 'staff_request', 'staff_visit'].includes(table.name))
      assert(customers.includes(two.anna) && customers.includes(two.bob), `${table.name} shows both`)
  }
  assert.deepEqual(
    closed.filter((name) => !['customer_note', 'staff_request', 'staff_visit'].includes(name)),
    ofTheHouse,
  )
  const { rows } = await staff.query('select user_id from user_credential')
  assert.deepEqual(rows, [{ user_id: member.id }])
})

test('without a customer named, or with another, nothing of a customer is changed, removed or written', async () => {
  for (const { name, key, columns, changeable, removable, readable } of tables) {
    const where = readable ? `where ${key} = '${two.bob}'` : ''
    for (const named of [undefined, '', two.anna, member.customerId]) {
      const count = (statement: string): Promise<number | null> =>
        naming(named, async () => (await staff.query(`${statement} ${where}`)).rowCount)
      if (changeable)
        assert.equal(await count(`update ${name} set ${changeable} = ${changeable}`), 0, `${name}: changed`)
      if (removable) assert.equal(await count(`delete from ${name}`), 0, `${name}: removed`)
      const insert = `insert into ${name} (${columns}) select ${columns} from jsonb_populate_record(null::${name}, $1)`
      const { rows } = await admin.query<{ row: object }>(
        `select to_jsonb(t) as row from ${name} t where ${key} = $1 limit 1`,
        [two.bob],
      )
      if (rows[0])
        await assert.rejects(
          naming(named, () => staff.query(insert, [rows[0]?.row])),
          { code: '42501' },
          `${name}: written`,
        )
    }
  }
})

const withheld = [
  'select token_hash from session',
  'select * from session',
  'select sealed from mail',
  'select * from hand_over',
  'insert into staff_role (user_id, role) select user_id, $$security$$ from staff_member',
  'delete from staff_role',
  'update contract set number = number',
  'select * from graphile_worker.jobs',
]
for (const statement of withheld)
  test(`not for staff: ${statement}`, async () => {
    await assert.rejects(
      naming(two.anna, () => staff.query(statement)),
      { code: '42501' },
    )
  })

test('of a registered user of a customer, staff can change neither what proves nor what names, and start no session', async () => {
  for (const change of [
    `mail = 'thief@example.com'`,
    `name = 'x'`,
    `phone = '0'`,
    `state = 'suspended'`,
    `second_factor = 'mail-otp'`,
  ])
    await assert.rejects(
      naming(two.anna, () => staff.query(`update portal_user set ${change} where customer_id = $1`, [two.anna])),
      { code: '42501' },
      change,
    )
  const session = `insert into session (customer_id, user_id, token_hash, credential_epoch, policy_epoch, second_factor, created_at,
      last_used_at, confirmed_at, ends_at, ip, browser)
    select customer_id, id, sha256('x'), 1, 1, 'totp', now(), now(), now(), now(), '192.0.2.1', '' from portal_user where customer_id = $1`
  await assert.rejects(
    naming(two.anna, () => staff.query(session, [two.anna])),
    { code: '42501' },
  )
  const token = `update session set token_hash = sha256('x') where customer_id = $1`
  const taken = await naming(two.anna, async () => (await staff.query(token, [two.anna])).rowCount)
  assert.equal(taken, 0)
})

test('who awaits registration is corrected, and neither let in nor given another factor', async () => {
  const { id, customerId } = await makerOf(database).user({ state: 'awaiting-registration' })
  const change = async (set: string): Promise<number | null> =>
    naming(customerId, async () => (await staff.query(`update portal_user set ${set} where id = $1`, [id])).rowCount)
  assert.equal(await change(`name = 'x', mail = 'x@example.com', phone = '03', credential_epoch = 2`), 1)
  for (const set of [`state = 'active'`, `second_factor = 'totp'`]) await assert.rejects(change(set), { code: '42501' })
})

// Each in the database of this file alone, and taken back.
const gaps: [what: string, open: string, close: string, reason: RegExp][] = [
  [
    'a policy that shows what proves customers’ users',
    'create policy wide on user_credential for select to portal_staff using (true)',
    'drop policy wide on user_credential',
    /table user_credential/,
  ],
  [
    'a policy that writes without a customer named',
    'create policy wide on ticket for update to portal_staff using (true) with check (true)',
    'drop policy wide on ticket',
    /table ticket/,
  ],
  [
    'a policy that starts sessions of customers',
    'create policy wide on session for insert to portal_staff with check (customer_id = app_customer())',
    'drop policy wide on session',
    /table session/,
  ],
  [
    'the hash of a cookie',
    'grant select (token_hash) on session to portal_staff',
    'revoke select (token_hash) on session from portal_staff',
    /session\.token_hash/,
  ],
]
for (const [what, open, close, reason] of gaps)
  test(`refused: ${what}`, async () => {
    await admin.query(open)
    await assert.rejects(proveStaffFence(database.staffConfig), reason)
    await admin.query(close)
    await proveStaffFence(database.staffConfig)
  })

test('whose site it is decides who is found: customers’ users by the portal, staff by the console', async () => {
  const user = await makerOf(database).user()
  const found = async (client: pg.Client, { mail }: MadeUser): Promise<number | null> =>
    (await client.query('select user_id from door.enter_fence_by_login($1)', [mail])).rowCount
  const app = new pg.Client(database.appConfig)
  await app.connect()
  assert.deepEqual([await found(app, user), await found(app, member)], [1, 0])
  assert.deepEqual([await found(staff, user), await found(staff, member)], [0, 1])
  await app.end()
  const doors = `select proname as name from pg_proc where pronamespace = 'door'::regnamespace and proname ~ 'fence_by|known_browser'
    and pg_get_functiondef(oid) !~ 'is_of_this_site'`
  assert.deepEqual((await admin.query(doors)).rows, [])
})
