import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'
import { refoldSearch } from './refold.ts'

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

/** As it was kept before: the folding knew no kanji, and the trigger is not asked. */
async function keepFormerly(table: string, text: string): Promise<void> {
  await admin.query(`alter table ${table} disable trigger user`)
  await admin.query(`update ${table} set search = $1`, [text])
  await admin.query(`alter table ${table} enable trigger user`)
}

test('in a new database nothing is due', async () => {
  assert.deepEqual((await admin.query('select * from refolding')).rows, [])
})

test('contracts that were folded before are found again, part by part, and then nothing is due', async () => {
  const make = makerOf(database)
  await make.operator()
  const customerId = await make.customer()
  const serviceId = await make.service()
  for (let each = 0; each < 3; each++) await make.contract({ customerId, serviceId, number: `N-${each}` })
  await admin.query(`
    insert into contract (customer_id, number, service_id, memo)
    select customer_id, 'M' || n, service_id, '髙橋' from contract, generate_series(1, 2500) n where number = 'N-0'`)
  await keepFormerly('contract', '髙橋')
  await admin.query(`insert into refolding (relation) values ('contract')`)
  const found = async (): Promise<unknown> =>
    (await admin.query(`select count(*)::int as n from contract where search like search_pattern('高橋')`)).rows[0]
  assert.deepEqual(await found(), { n: 0 })
  await refoldSearch(database.operator)
  assert.deepEqual(await found(), { n: 2500 })
  assert.deepEqual((await admin.query('select * from refolding')).rows, [])
  await refoldSearch(database.operator)
})

test('users are folded anew although a trigger keeps their text', async () => {
  const user = await makerOf(database).user({ name: '髙橋 霞が関' })
  await admin.query(`insert into refolding (relation) values ('portal_user')`)
  const kept = async (): Promise<{ xmin: string; search: string } | undefined> =>
    (
      await admin.query<{ xmin: string; search: string }>('select xmin, search from portal_user where id = $1', [
        user.id,
      ])
    ).rows[0]
  const former = await kept()
  await refoldSearch(database.operator)
  const later = await kept()
  assert.notEqual(later?.xmin, former?.xmin)
  assert.match(later?.search ?? '', /^高橋 霞ガ関/)
  assert.match(later?.search ?? '', /高橋 霞ケ関/)
})
