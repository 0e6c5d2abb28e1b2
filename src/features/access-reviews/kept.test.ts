import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import pg from 'pg'
import { sql } from 'kysely'
import { enterFence } from '#features/sessions/fence.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'
import { forgetOldAccess } from './forget.ts'
import { reviewRows } from './inner/rows.ts'
import { keepReview } from './keep.ts'

const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const records = ['user_record', 'user_group_record', 'membership_record', 'right_record']

test('nobody but the triggers writes a record, and what is over stays as it is', async () => {
  const { id, customerId } = await make.user()
  await make.group({ customerId, members: [id], rights: [{ level: 'view' }] })
  for (const role of [database.app, database.operator])
    for (const record of [...records, 'access_review', 'access_review_row'])
      for (const statement of [`update ${record} set customer_id = customer_id`, `delete from ${record}`])
        await assert.rejects(
          role.transaction((tx) => sql.raw(statement).execute(tx)),
          { code: '42501' },
          statement,
        )
  for (const role of [database.app, database.operator])
    for (const record of records)
      await assert.rejects(
        role.transaction((tx) => sql.raw(`insert into ${record} (customer_id) values (null)`).execute(tx)),
        { code: '42501' },
        record,
      )
  await admin.query(`update portal_user set name = 'other' where id = $1`, [id])
  await admin.query('set role portal_door')
  const { rowCount } = await admin.query(
    `update user_record set until = now() where customer_id = $1 and until < 'infinity'`,
    [customerId],
  )
  await admin.query('reset role')
  assert.equal(rowCount, 0)
})

test('of two transactions that overlap, the one that commits last is what follows', async () => {
  const { id, customerId } = await make.user({ name: 'first' })
  const [early, late] = [new pg.Client(database.ownerConfig), new pg.Client(database.ownerConfig)]
  await Promise.all([early, late].map((client) => client.connect()))
  const rename = (client: pg.Client, name: string): Promise<unknown> =>
    client.query('update portal_user set name = $2 where id = $1', [id, name])
  for (const client of [early, late]) {
    await client.query('begin')
    // The first statement after it is the transaction's moment.
    await client.query(`set local role portal_operator`)
  }
  await rename(late, 'by the later')
  await late.query('commit')
  await rename(early, 'by the earlier')
  await rename(early, 'by the earlier, again')
  await early.query('commit')
  await Promise.all([early, late].map((client) => client.end()))
  const { rows } = await admin.query<{ name: string; lasts: boolean; follows: boolean | null }>(
    `select name, since < until as lasts, since = lag(until) over (order by record_id) as follows
     from user_record where customer_id = $1 order by record_id`,
    [customerId],
  )
  assert.deepEqual(rows, [
    { name: 'first', lasts: true, follows: null },
    { name: 'by the later', lasts: false, follows: true },
    { name: 'by the earlier', lasts: false, follows: true },
    { name: 'by the earlier, again', lasts: true, follows: true },
  ])
})

test('what has been over for as long as the change history is kept goes, and so do reviews', async () => {
  const user = await make.user({ name: 'now' })
  const { customerId } = user
  await admin.query(
    `insert into user_record (customer_id, id, name, kana, mail, role, state, since, until)
     select customer_id, id, 'long ago', '', mail, role, state, now() - interval '9 years', now() - interval '8 years'
     from portal_user where id = $1`,
    [user.id],
  )
  const kept = await database.app.transaction(async (tx) => {
    await enterFence(tx, customerId)
    const actor = { customer: { id: customerId }, userId: user.id, name: user.name }
    const now = new Date()
    const [old, young] = [
      await keepReview({ tx, now, actor }, { at: new Date('2026-01-31T15:00:00Z'), note: '' }),
      await keepReview({ tx, now, actor }, { at: now, note: '' }),
    ]
    assert(old.ok && young.ok)
    return { old: old.value, young: young.value }
  })
  await admin.query(`update access_review set closed_at = now() - interval '8 years' where id = $1`, [kept.old])
  await database.operator.transaction((tx) => forgetOldAccess(tx, new Date('2999-01-01')))
  const { rows } = await admin.query('select name from user_record where customer_id = $1', [customerId])
  assert.deepEqual(rows, [{ name: 'now' }])
  const { rows: reviews } = await admin.query(
    'select distinct review_id as id from access_review_row where customer_id = $1',
    [customerId],
  )
  assert.deepEqual(reviews, [{ id: kept.young }])
})

test('whoever was outside of the period of use at the moment is shown to have been, by the period of then', async () => {
  const user = await make.user()
  const moments: Date[] = []
  const setLastDay = async (day: string | null): Promise<void> => {
    const { rows } = await admin.query<{ after: Date }>(
      `with changed as (update portal_user set ends_on = $2::date where id = $1) select clock_timestamp() + interval '1 ms' as after`,
      [user.id, day],
    )
    moments.push(rows[0]?.after ?? assert.fail())
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  for (const day of [null, '2020-01-01', '2999-01-01']) await setLastDay(day)
  const told = await database.app.transaction(async (tx) => {
    await enterFence(tx, user.customerId)
    const by = { actor: { customer: { id: user.customerId } } }
    const each: unknown[] = []
    for (const at of moments) {
      const { rows } = await sql<{ told: { isOutside: boolean; state: string } }>`
        with ${reviewRows(by, { at })} select told from user_row`.execute(tx)
      each.push(rows.map((row) => [row.told.isOutside, row.told.state]))
    }
    return each
  })
  assert.deepEqual(told, [[[false, 'active']], [[true, 'active']], [[false, 'active']]])
})

test('nothing is dated back of a customer that was there before', async () => {
  const { customerId } = await make.user()
  const before = await sinceOf(customerId)
  const made = await database.operator.transaction(async (tx) => {
    await sql`insert into user_group (customer_id, number, name) values (${customerId}, 'G0000009', 'of now')`.execute(
      tx,
    )
    const { rows } = await sql<{ id: string }>`
      insert into customer (code, name) values (gen_random_uuid(), 'new') returning id`.execute(tx)
    const id = rows[0]?.id ?? assert.fail()
    await sql`insert into user_group (customer_id, number, name) values (${id}, 'G0000009', 'of now')`.execute(tx)
    await sql`select door.date_records_back('2020-01-01Z')`.execute(tx)
    return id
  })
  assert.deepEqual(await sinceOf(made), ['2020'])
  assert.deepEqual([...new Set(await sinceOf(customerId))], [...new Set(before)])
})

/** The years in which its records begin. */
async function sinceOf(customerId: string): Promise<string[]> {
  const { rows } = await admin.query<{ year: string }>(
    records
      .map((record) => `select extract(year from since)::text as year from ${record} where customer_id = $1`)
      .join(' union all '),
    [customerId],
  )
  return rows.map(({ year }) => year)
}
