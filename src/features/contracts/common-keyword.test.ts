import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'
import { listContracts } from './list.ts'

const database = await testDatabase()
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

test('a keyword that every contract of all holds is looked up, too: nothing is worked out row by row', async () => {
  const user = await make.user()
  const service = await make.service({ name: 'クラウドPBX' })
  await make.group({ customerId: user.customerId, rights: [{ level: 'view' }], members: [user.id] })
  const admin = superuserOf(database)
  await admin.query(
    `insert into contract (customer_id, number, service_id, memo)
     select $1, lpad(n::text, 9, '0'), $2, repeat('長い', 50) from generate_series(1, 5000) n`,
    [user.customerId, service],
  )
  await admin.query('vacuum analyze contract')
  await admin.end()
  await asUser(database, { user, now: new Date() }, async (tx, _actor, ctx) => {
    const scans = async (): Promise<number> => {
      const { rows } = await sql<{ scans: number }>`
        select pg_stat_get_xact_numscans('contract_search'::regclass) as scans`.execute(tx)
      return rows[0]?.scans ?? assert.fail('no statistics')
    }
    const earlier = await scans()
    const { total } = await listContracts(ctx, {
      filter: { terms: ['クラウド'] },
      sorting: { by: 'status', descending: false },
      place: { size: 20, page: 1, from: 'start' },
    })
    assert.equal(total, 5000)
    assert.equal((await scans()) - earlier, 1)
  })
})
