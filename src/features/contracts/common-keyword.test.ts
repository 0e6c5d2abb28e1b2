import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'
import { listContracts } from './list.ts'
import type { ContractsAsked } from './page.ts'

const database = await testDatabase()
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

const contracts = 6000
const user = await make.user()

before(async () => {
  const service = await make.service({ name: 'クラウドPBX' })
  await make.group({ customerId: user.customerId, rights: [{ level: 'view' }], members: [user.id] })
  const admin = superuserOf(database)
  await admin.query(
    `insert into contract (customer_id, number, service_id, memo)
     select $1, lpad(n::text, 9, '0'), $2, case when n > 4500 then '末尾' else repeat('長い', 50) end from generate_series(1, $3) n`,
    [user.customerId, service, contracts],
  )
  await admin.query('vacuum analyze contract')
  await admin.end()
})

type Asked = Partial<Omit<ContractsAsked, 'filter'>> & { term: string }

/** The numbers on a page, how many contracts there are, and how often the index of pairs was read. */
async function list({ term, sorting = { by: 'status', descending: false }, place }: Asked) {
  return asUser(database, { user, now: new Date() }, async (tx, _actor, ctx) => {
    const scans = async (): Promise<number> => {
      const { rows } = await sql<{ scans: number }>`
        select pg_stat_get_xact_numscans('contract_search'::regclass) as scans`.execute(tx)
      return rows[0]?.scans ?? assert.fail('no statistics')
    }
    const asked = { filter: { terms: [term] }, sorting, place: place ?? { size: 20, page: 1, from: 'start' } } as const
    const found = await listContracts(ctx, asked)
    const earlier = await scans()
    const again = await listContracts(ctx, asked)
    assert.deepEqual(again, found)
    const numbers = found.rows.map(({ row }) => Number(row.number))
    return { numbers, total: found.total, cut: found.cut, scans: (await scans()) - earlier }
  })
}

const from = (first: number): number[] => Array.from({ length: 20 }, (_, at) => first + at)

test('a word that is common everywhere is met in the order of the list, and counted no further than needed', async () => {
  const start = await list({ term: 'クラウド' })
  assert.deepEqual(start, { numbers: from(1), total: 1000, cut: { isLastPage: false, isAllExact: true }, scans: 0 })
  const next = await list({ term: 'クラウド', place: { size: 20, page: 2, from: { after: ['4', '000000020'] } } })
  assert.deepEqual(next, { numbers: from(21), total: 1000, cut: { isLastPage: false, isAllExact: true }, scans: 0 })
  const earlier = await list({ term: 'クラウド', place: { size: 20, page: 2, from: { before: ['4', '000000100'] } } })
  assert.deepEqual(earlier, { numbers: from(80), total: 1000, cut: { isLastPage: false, isAllExact: true }, scans: 0 })
  const end = await list({ term: 'クラウド', place: { size: 20, page: 300, from: 'end' } })
  assert.deepEqual(end, { numbers: from(5981), total: 1000, cut: { isLastPage: true, isAllExact: true }, scans: 0 })
})

test('what comes too late in the list to be met, or is wanted in another order, is found and counted', async () => {
  assert.deepEqual(await list({ term: '末尾' }), { numbers: from(4501), total: 1500, cut: undefined, scans: 1 })
  const byNumber = { by: 'number', descending: false } as const
  const sorted = await list({ term: 'クラウド', sorting: byNumber })
  assert.deepEqual(sorted, { numbers: from(1), total: contracts, cut: undefined, scans: 1 })
})

test('the last rows of a common word are an end that is known', async () => {
  const last = await list({ term: 'クラウド', place: { size: 20, page: 300, from: { after: ['4', '000005990'] } } })
  assert.deepEqual(last.numbers, from(5991).slice(0, 10))
  assert.deepEqual([last.total, last.cut], [contracts, undefined])
})
