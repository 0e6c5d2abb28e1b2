import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Place } from '#platform/list/paging.ts'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { planOf } from '#test/plan.ts'
import { superuserOf } from '#test/superuser.ts'
import { userList } from './list.ts'
import { type UserState } from './user.ts'

const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
const administrator = await make.user({ role: 'portal-administrator' })

before(async () => {
  // All in one state, which tells the planner least.
  await admin.query(
    `insert into portal_user (customer_id, mail, name, phone, role, state)
     select $1, 'u' || n || '@many.example', '利用者' || n, '', 'general-user', 'active' from generate_series(1, 5000) n`,
    [administrator.customerId],
  )
  await admin.query('vacuum analyze portal_user')
})

const after20: Place = { size: 20, page: 2, from: { after: ['3', '～', '利用者2', 'u2@many.example'] } }
const first: Place = { size: 20, page: 1, from: 'start' }
const pages: Record<string, { place: Place; state?: UserState; descending?: boolean; condition: RegExp }> = {
  'the first page': { place: first, condition: /customer_id = / },
  'a page behind it': { place: after20, condition: /ROW\(urgency, kana_order, name, mail\) > ROW/ },
  'the last page': { place: { ...first, from: 'end' }, condition: /customer_id = / },
  'a page of one state': { place: first, state: 'suspended', condition: /urgency = 2/ },
  'a page the other way round': { place: first, descending: true, condition: /customer_id = / },
}

for (const [name, { place, state, descending = false, condition }] of Object.entries(pages))
  test(`of 5,000 users ${name} is read from the index in order, and no others`, async () => {
    await asUser(database, { user: administrator, now: new Date() }, (_tx, _actor, ctx) =>
      userList.read(ctx, {
        of: {},
        terms: [],
        chosen: { state },
        sorting: { by: 'state', descending },
        place,
      }),
    )
    const nodes = await planOf(
      admin,
      database.statements.findLast((text) => text.includes('locked as materialized')),
    )
    const conditions = nodes
      .filter((node) => node['Index Name'] === 'portal_user_in_order')
      .map((node) => node['Index Cond'])
    assert(
      conditions.some((each) => condition.test(each ?? '')),
      conditions.join(),
    )
    assert.deepEqual(
      nodes.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'portal_user'),
      [],
    )
  })
