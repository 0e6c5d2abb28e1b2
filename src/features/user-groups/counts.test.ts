import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { enterFence } from '#features/sessions/fence.ts'
import type { Transaction } from '#platform/database/database.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { superuserOf } from '#test/superuser.ts'

const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

interface Step {
  name: string
  /** With how many rows. */
  part: number
  /** Which rows come first. */
  seed: number
}

type Do = (tx: Transaction, customer: string, step: Step) => Promise<unknown>

const some = (table: string, customer: string, { part, seed }: Omit<Step, 'name'>) => sql`(
  select id from ${sql.table(table)} where customer_id = ${customer} order by md5(id::text || ${seed}::integer) limit ${part})`

const change =
  (what: ReturnType<typeof sql>): Do =>
  (tx, customer, step) =>
    sql`update portal_user set ${what} where id in ${some('portal_user', customer, step)}`.execute(tx)

/** What changes who is a user, and who is in which group. */
const steps: Record<string, Do> = {
  add: (tx, customer, { part }) =>
    sql`insert into portal_user (customer_id, mail, name, phone, role)
      select ${customer}, gen_random_uuid(), '', '', (array['general-user', 'portal-administrator']::user_role[])[1 + i % 2]
      from generate_series(1, ${part}::integer) i`.execute(tx),
  register: change(sql`state = 'active'`),
  suspend: change(sql`state = 'suspended'`),
  delete: change(sql`state = 'deleted'`),
  promote: change(sql`role = 'portal-administrator'`),
  rename: change(sql`name = name || '子'`),
  'add groups': (tx, customer, { part }) =>
    sql`insert into user_group (customer_id, number, name)
      select ${customer}, 'G' || lpad((random() * 9999999)::int::text, 7, '0'), gen_random_uuid() from generate_series(1, ${part}::integer)
      on conflict do nothing`.execute(tx),
  'delete a group': (tx, customer, { seed }) =>
    sql`delete from user_group where id in ${some('user_group', customer, { part: 1, seed })}`.execute(tx),
  join: (tx, customer, step) =>
    sql`insert into user_group_member (customer_id, user_group_id, user_id) select ${customer}, g.id, u.id
      from ${some('user_group', customer, step)} g cross join ${some('portal_user', customer, step)} u on conflict do nothing`.execute(
      tx,
    ),
  leave: (tx, customer, step) =>
    sql`delete from user_group_member where user_id in ${some('portal_user', customer, step)}`.execute(tx),
}

/** In one transaction, as the administrators of the customer work. */
function run(customer: string, given: readonly Step[]): Promise<void> {
  return database.app.transaction(async (tx) => {
    await enterFence(tx, customer)
    for (const step of given) await steps[step.name]?.(tx, customer, step)
  })
}

/** Where the kept counts and a real count disagree. */
async function differences(): Promise<unknown[]> {
  const { rows } = await admin.query<Record<string, unknown>>(`
    with kept as (
      select customer_id, role || ' ' || state as what, sum(users) as n from user_count group by 1, 2
      union all select customer_id, user_group_id::text, sum(members) from user_group_member_count group by 1, 2
    ), counted as (
      select customer_id, role || ' ' || state as what, count(*) as n from portal_user where state <> 'deleted' group by 1, 2
      union all select customer_id, user_group_id::text, count(*) from user_group_member group by 1, 2)
    (table kept except table counted) union all (table counted except table kept)`)
  return rows
}

const anyStep = fc.record({ name: fc.constantFrom(...Object.keys(steps)), part: fc.nat(6), seed: fc.nat(5) })
const begin: Step[] = ['add', 'add groups', 'join'].map((name) => ({ name, part: 4, seed: 0 }))

test('the kept counts of users and members equal a count after whatever happens', async () => {
  const transactions = fc.array(fc.array(anyStep, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(transactions, async (all) => {
      const customer = await make.customer()
      for (const given of [begin, ...all]) await run(customer, given)
    }),
    { numRuns: runs({ usual: 30, many: 1_000 }) },
  )
  assert.deepEqual(await differences(), [])
})

test('what was rolled back is not counted', async () => {
  const customer = await make.customer()
  await run(customer, begin)
  const work = database.app.transaction(async (tx) => {
    await enterFence(tx, customer)
    for (const name of ['add', 'suspend', 'join']) await steps[name]?.(tx, customer, { name, part: 5, seed: 1 })
    throw new Error('given up')
  })
  await assert.rejects(work, /given up/)
  assert.deepEqual(await differences(), [])
})

test('whoever changes users and members waits for nobody who does, and is counted', async () => {
  const customer = await make.customer()
  await run(customer, begin)
  const isOver = Promise.withResolvers<void>()
  // Each has written before the first one commits.
  const begun = Array.from({ length: 8 }, () => Promise.withResolvers<void>())
  const all = begun.map(({ resolve }, seed) =>
    database.app.transaction(async (tx) => {
      await enterFence(tx, customer)
      for (const name of ['add', 'add groups'] as const) await steps[name]?.(tx, customer, { name, part: 2, seed })
      await joinAll(tx, customer)
      resolve()
      await isOver.promise
    }),
  )
  await Promise.all(begun.map(({ promise }) => promise))
  isOver.resolve()
  await Promise.all(all)
  assert.deepEqual(await differences(), [])
  await run(customer, [{ name: 'register', part: 100, seed: 0 }])
  const { rows } = await admin.query('select from user_count where customer_id = $1', [customer])
  assert(rows.length <= 4, `${rows.length} rows are left to be added up`)
})

/** Puts the users whom this transaction has made into all groups that it sees. */
const joinAll = (tx: Transaction, customer: string): Promise<unknown> =>
  sql`insert into user_group_member (customer_id, user_group_id, user_id) select ${customer}, g.id, u.id
    from user_group g cross join portal_user u
    where g.customer_id = ${customer} and u.customer_id = ${customer} and u.xmin = pg_current_xact_id()::xid`.execute(
    tx,
  )
