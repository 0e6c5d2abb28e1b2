import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asUser } from '#test/as-user.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'
import type { Context } from '#features/actor.ts'
import type { Place } from '#platform/list/paging.ts'
import { listContracts } from '#features/contracts/list.ts'
import type { ContractsAsked } from '#features/contracts/page.ts'

let database: TestDatabase
let user: MadeUser
/** Of the first, all contracts are seen; of the others those with a rule of their own. */
let services: string[]

before(async () => {
  database = await testDatabase()
  const make = makerOf(database)
  user = await make.user()
  services = [await make.service(), await make.service(), await make.service()]
  const [whole] = services
  const groupId = await make.group({
    customerId: user.customerId,
    rights: [{ serviceId: whole ?? '', level: 'view' }],
    members: [user.id],
  })
  const admin = superuserOf(database)
  // Numbers of several lengths and letters, in an order that is that of nothing else.
  await admin.query(
    `insert into contract (customer_id, number, service_id, status)
     select $1, chr(65 + n * 7 % 26) || case when n % 9 = 0 then '電話' else '' end || n * 7919 % 1000, ($2::uuid[])[1 + n % 3],
       (enum_range(null::contract_status))[1 + n % 5] from generate_series(1, 400) n`,
    [user.customerId, services],
  )
  await admin.query(
    `insert into user_group_right (customer_id, user_group_id, contract_id, level)
     select customer_id, $1, id, 'edit' from (select *, row_number() over (order by number) as n from contract) k
     where n % 2 = 0`,
    [groupId],
  )
  await admin.end()
})
after(() => database[Symbol.asyncDispose]())

async function expected(filter: ContractsAsked['filter'], descending: boolean): Promise<string[]> {
  const admin = superuserOf(database)
  const { rows } = await admin.query<{ number: string }>(
    `select number from contract k where (service_id = $1 or exists (select from user_group_right r where r.contract_id = k.id))
       and ($2::uuid is null or service_id = $2) and ($3::contract_status is null or status = $3) order by urgency, number`,
    [services[0], filter.serviceId, filter.status],
  )
  await admin.end()
  const numbers = rows.map(({ number }) => number)
  return descending ? numbers.toReversed() : numbers
}

/** All pages, one after another, from the start on, or from the end backwards. */
async function leaf(ctx: Context, asked: Omit<ContractsAsked, 'place'>, from: 'start' | 'end'): Promise<string[]> {
  const numbers: string[] = []
  for (let place: Place | undefined = { size: 20, page: 1, from }; place;) {
    const { rows, total } = await listContracts(ctx, { ...asked, place })
    const page = rows.map(({ row }) => row.number)
    numbers.splice(from === 'start' ? numbers.length : 0, 0, ...page)
    const key = rows.at(from === 'start' ? -1 : 0)?.key
    const next = key && (from === 'start' ? { after: key } : { before: key })
    place = next && numbers.length < total ? { size: 20, page: 2, from: next } : undefined
  }
  return numbers
}

test('a reader with many rules of single contracts finds each in its place, whichever way and from whichever end', async () => {
  await asUser(database, { user, now: new Date() }, async (_tx, actor, ctx) => {
    assert(actor.scope.contracts.size >= 100)
    for (const filter of [{}, { status: 'fault' as const }, { serviceId: services[1] }, { serviceId: services[0] }]) {
      for (const descending of [false, true]) {
        const asked = { filter: { terms: [], ...filter }, sorting: { by: 'status' as const, descending } }
        const all = await expected(asked.filter, descending)
        assert(all.length > 20)
        assert.deepEqual(await leaf(ctx, asked, 'start'), all)
        assert.deepEqual(await leaf(ctx, asked, 'end'), all)
      }
    }
  })
})
