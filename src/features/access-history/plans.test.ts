import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Context } from '#features/actor.ts'
import { countSignedIn, openSessionList } from '#features/sessions/list-open.ts'
import { after as later, days } from '#platform/time/duration.ts'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { type PlanNode, planOf } from '#test/plan.ts'
import { superuserOf } from '#test/superuser.ts'
import { accessList } from './list.ts'
import { readAccess } from './read.ts'
import type { AccessScope } from './scope.ts'

// What the login history and the open sessions cost does not grow with them: how PostgreSQL goes about them is held here.

const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
const user = await make.user({ role: 'portal-administrator' })
const now = new Date()

before(async () => {
  await admin.query(
    `insert into access_history (customer_id, at, user_id, user_name, event, ip)
     select $1, $2::timestamptz - n * interval '6 minutes', $3, '', case when n % 500 = 0 then 'locked' when n % 20 = 0 then 'failed'
       when n % 2 = 0 then 'sign-in' else 'sign-out' end, '192.0.2.1' from generate_series(1, 40000) n`,
    [user.customerId, now, user.id],
  )
  await admin.query('call add_access_history_months(now())')
  await admin.query(
    `with u as (insert into portal_user (customer_id, mail, name, phone, mail_language, time_zone, second_factor, state, role)
      select $1, n || '@plans.example', n, '', 'ja', 'Asia/Tokyo', 'totp', 'active', 'general-user' from generate_series(1, 2000) n returning *)
    insert into session (customer_id, user_id, credential_epoch, policy_epoch, token_hash, second_factor, browser, ip, created_at,
      confirmed_at, last_used_at, ends_at)
    select u.customer_id, u.id, u.credential_epoch, c.policy_epoch, sha256(u.mail::bytea), 'totp', '', '192.0.2.1', $2, $2, $2,
      $2::timestamptz + interval '8 hours' from u join customer c on c.id = u.customer_id`,
    [user.customerId, now],
  )
  await admin.query('vacuum analyze access_history, session, portal_user')
})

async function nodesOf(work: (ctx: Context) => Promise<unknown>, statement: RegExp): Promise<PlanNode[]> {
  await asUser(database, { user, now }, (_tx, _actor, ctx) => work(ctx))
  return planOf(
    admin,
    database.statements.findLast((text) => statement.test(text)),
  )
}

/** By what is found what is sorted as a whole: not what is in order already, but for rows of the same moment. */
const sortedIn = (nodes: readonly PlanNode[]): string[] => {
  const below = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(below)]
  const sorted = nodes.filter((node) => node['Node Type'] === 'Sort').flatMap(below)
  return sorted.filter((node) => node['Relation Name']).map((node) => node['Index Cond'] ?? 'all')
}
const dayAgo = (n: number): string =>
  later(now, -n * days)
    .toISOString()
    .slice(0, 10)
const page = { size: 20, page: 1, from: 'start' } as const
const asked = { terms: [], chosen: {}, place: page }

const scopes: [string, AccessScope][] = [
  ['all', {}],
  ['failures of a month', { event: 'failed', from: dayAgo(60), to: dayAgo(30) }],
  ['what went well in a month', { result: 'success', from: dayAgo(60), to: dayAgo(30) }],
  ['logins up to a day', { event: 'sign-in', to: dayAgo(30) }],
]
for (const [what, scope] of scopes) {
  test(`a page of the login history, of ${what}, sorts none of it`, async () => {
    const sorting = { by: 'at', descending: true } as const
    const nodes = await nodesOf((ctx) => accessList.read(ctx, { ...asked, of: scope, sorting }), /kind_of_row/)
    assert.deepEqual(sortedIn(nodes), [])
  })
  test(`the file of the login history, of ${what}, is read by the rows at its edge`, async () => {
    const edge = [now.toISOString(), '1']
    const nodes = await nodesOf((ctx) => readAccess(ctx, { ...scope, terms: [] }, edge), /"isAsked"/)
    const inTable = nodes.filter((node) => node['Index Name']?.startsWith('access_history'))
    assert(inTable.length > 0)
    for (const node of inTable) assert.match(node['Index Cond'] ?? '', /customer_id = .*(ROW\(at, id\) < ROW|at <= )/)
  })
}

test('a page of open sessions reads the first of them from an index, and users one by one', async () => {
  const sorting = { by: 'last-used', descending: true } as const
  const nodes = await nodesOf((ctx) => openSessionList.read(ctx, { ...asked, of: {}, sorting }), /kind_of_row/)
  assert.deepEqual(sortedIn(nodes), [])
  assert(nodes.some((node) => node['Index Name'] === 'session_newest'))
  const users = nodes.filter((node) => node['Relation Name'] === 'portal_user')
  assert(users.every((node) => /\(?id = /.test(node['Index Cond'] ?? '')))
})

test('who is signed in is counted up to a bound', async () => {
  await asUser(database, { user, now }, async (_tx, _actor, ctx) => {
    assert.deepEqual(await countSignedIn(ctx), { users: 500, isCut: true })
    const { total, cut, rows } = await openSessionList.read(ctx, {
      ...asked,
      of: {},
      sorting: { by: 'last-used', descending: true },
    })
    assert.deepEqual([total, cut?.isLastPage, rows.length], [500, false, 20])
  })
})
