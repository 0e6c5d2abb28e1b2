import assert from 'node:assert/strict'
import { after as afterAll, before, test } from 'node:test'
import type pg from 'pg'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type Make, type MadeUser, makerOf, signIn } from '#test/make.ts'
import { type TestPortal, testPortal, testSecrets } from '#test/portal.ts'
import { asConfirmed } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '#sites/portal/paths.ts'
import type { Outcome } from '#platform/outcome.ts'
import { after, days, hours, minutes } from '#platform/time/duration.ts'
import { applyPlanned } from './apply-planned.ts'
import { mostPlansOfUser, type Plan, planMembership } from './planned.ts'

let database: TestDatabase
let portal: TestPortal
let make: Make
let admin: pg.Pool

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  make = makerOf(database)
  admin = superuserOf(database)
})
afterAll(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

interface World {
  administrator: MadeUser
  administers: TestBrowser
  user: MadeUser
  /** Lets a contract be seen. */
  groupId: string
  contract: string
}

async function makeWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator' })
  const { customerId } = administrator
  const serviceId = await make.service()
  const number = `P${crypto.randomUUID().slice(0, 8)}`
  await make.contract({ customerId, serviceId, number })
  const groupId = await make.group({ customerId, rights: [{ serviceId, level: 'view' }] })
  const user = await make.user({ customerId })
  return { administrator, administers: await signIn(portal, administrator), user, groupId, contract: number }
}

/** Days from today on, as the calendar of Japan counts them. */
const dayIn = (n: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(after(portal.program.now(), n * days))
const midnightOf = (day: string): Date => new Date(`${day}T00:00:00+09:00`)

const planned = ({ administers, user, groupId }: World, plan: Partial<Plan> = {}): Promise<Outcome<string>> =>
  asConfirmed(portal, administers, (ctx) =>
    planMembership(ctx, { userId: user.id, groupId, joins: true, dueOn: dayIn(1), ...plan }),
  )

const applyAt = (now: Date): Promise<number> =>
  applyPlanned({ database: database.operator, secrets: testSecrets, now: () => now })

async function plansOf({ user }: World): Promise<(string | null)[]> {
  const { rows } = await admin.query<{ refused: string | null }>(
    'select refused from planned_membership where user_id = $1 order by due_on',
    [user.id],
  )
  return rows.map(({ refused }) => refused)
}

async function isMember({ user, groupId }: World, id = groupId): Promise<boolean> {
  const { rowCount } = await admin.query('select from user_group_member where user_id = $1 and user_group_id = $2', [
    user.id,
    id,
  ])
  return rowCount === 1
}

test('a membership is made when its day begins in the customer’s zone, not a minute before, and ends what was kept of the reader', async () => {
  const world = await makeWorld()
  const reader = await signIn(portal, world.user)
  for (let look = 0; look < 3; look++) assert(!(await reader.get(paths.contracts)).body.includes(world.contract))
  assert((await planned(world)).ok)
  const midnight = midnightOf(dayIn(1))
  await applyAt(after(midnight, -1 * minutes))
  assert(!(await isMember(world)))
  await applyAt(midnight)
  assert(await isMember(world))
  assert((await reader.get(paths.contracts)).body.includes(world.contract))
  assert.deepEqual(await plansOf(world), [])
  // What it gives is taken away on another day, from the very next request on.
  await reader.get(paths.contracts)
  assert((await planned(world, { joins: false, dueOn: dayIn(2) })).ok)
  await applyAt(midnightOf(dayIn(2)))
  assert(!(await reader.get(paths.contracts)).body.includes(world.contract))
})

test('another customer’s midnight is its own', async () => {
  const world = await makeWorld()
  await admin.query(`update customer set time_zone = 'America/Los_Angeles' where id = $1`, [world.user.customerId])
  const day = dayIn(3)
  assert((await planned(world, { dueOn: day })).ok)
  await applyAt(after(midnightOf(day), 8 * hours))
  assert(!(await isMember(world)))
  await applyAt(after(midnightOf(day), 18 * hours))
  assert(await isMember(world))
})

test('two workers make a membership once, and what is there already is left', async () => {
  const worlds = [await makeWorld(), await makeWorld(), await makeWorld()]
  for (const world of worlds) assert((await planned(world)).ok)
  const done = await Promise.all([1, 2, 3].map(() => applyAt(midnightOf(dayIn(1)))))
  assert.equal(done.reduce((sum, n) => sum + n, 0) >= 3, true)
  for (const world of worlds) {
    assert(await isMember(world))
    const { rowCount } = await admin.query(
      `select from change_history where subject_id = $1 and action = 'user-group-members-added'`,
      [world.groupId],
    )
    assert.equal(rowCount, 1)
  }
})

test('it is judged again on its day: by whom it was planned, and for whom', async () => {
  for (const [what, refusal] of [
    [`update portal_user set state = 'suspended' where id = $1`, 'planner-gone'],
    [`update portal_user set role = 'general-user' where id = $1`, 'planner-gone'],
    [`update portal_user set state = 'deleted' where id = $2 and $1::uuid is not null`, 'user-gone'],
  ] as const) {
    const world = await makeWorld()
    await make.user({ customerId: world.user.customerId, role: 'portal-administrator' })
    assert((await planned(world)).ok)
    await admin.query(what, what.includes('$2') ? [world.administrator.id, world.user.id] : [world.administrator.id])
    await applyAt(midnightOf(dayIn(1)))
    assert(!(await isMember(world)), refusal)
    assert.deepEqual(await plansOf(world), [refusal])
    // Once: it is not tried again each minute.
    const mails = await mailsOf(world.user.customerId)
    assert.equal(mails, refusal === 'user-gone' ? 2 : 1, refusal)
    await applyAt(after(midnightOf(dayIn(1)), 1 * minutes))
    assert.equal(await mailsOf(world.user.customerId), mails)
  }
})

async function mailsOf(customerId: string): Promise<number> {
  const found = await admin.query(
    `select from mail m join portal_user u on u.id = m.user_id
      where m.customer_id = $1 and m.kind = 'membership-plan-refused' and u.role = 'portal-administrator' and u.state = 'active'`,
    [customerId],
  )
  return found.rowCount ?? 0
}

test('nothing planned empties the automatic group of administrators, whenever it is planned and whatever happens meanwhile', async () => {
  const world = await makeWorld()
  const { customerId } = world.user
  const { rows } = await admin.query<{ id: string }>(
    `insert into user_group (customer_id, number, name, is_automatic) values ($1, 'G0000002', '自動', true) returning id`,
    [customerId],
  )
  const automatic = rows[0]?.id ?? assert.fail('no group')
  const second = await make.user({ customerId, role: 'portal-administrator' })
  for (const { id } of [world.administrator, second])
    await admin.query('insert into user_group_member (customer_id, user_group_id, user_id) values ($1, $2, $3)', [
      customerId,
      automatic,
      id,
    ])
  const leaves = (userId: string, dueOn: string) => planned(world, { userId, groupId: automatic, joins: false, dueOn })
  assert((await leaves(second.id, dayIn(5))).ok)
  for (const day of [6, 4]) {
    const last = await leaves(world.administrator.id, dayIn(day))
    assert.deepEqual(last.ok ? 'planned' : last.problem, 'last-administrator')
  }
  // Who was to stay is gone by that day, in a way that nothing was asked for: then the other one is the last, and stays.
  await admin.query('delete from user_group_member where user_id = $1', [world.administrator.id])
  await applyAt(midnightOf(dayIn(5)))
  const { rows: left } = await admin.query<{ user_id: string }>(
    'select user_id from user_group_member where user_group_id = $1',
    [automatic],
  )
  assert.deepEqual(left, [{ user_id: second.id }])
})

test('what cannot be planned is refused, and says why', async () => {
  const world = await makeWorld()
  const problem = async (plan: Partial<Plan>): Promise<string> => {
    const outcome = await planned(world, plan)
    return outcome.ok ? 'planned' : outcome.problem
  }
  assert.equal(await problem({ dueOn: dayIn(0) }), 'not-ahead')
  assert.equal(await problem({ dueOn: dayIn(-400) }), 'not-ahead')
  assert.equal(await problem({ dueOn: dayIn(800) }), 'too-far-ahead')
  assert.equal(await problem({ groupId: crypto.randomUUID() }), 'gone')
  assert.equal(await problem({ userId: crypto.randomUUID() }), 'gone')
  const other = await makeWorld()
  assert.equal(await problem({ groupId: other.groupId }), 'gone')
  assert.equal(await problem({ userId: other.user.id }), 'gone')
  assert.equal(await problem({}), 'planned')
  assert.equal(await problem({ joins: false }), 'planned-already')
  for (let day = 2; day <= mostPlansOfUser; day++) assert.equal(await problem({ dueOn: dayIn(day) }), 'planned')
  assert.equal(await problem({ dueOn: dayIn(100) }), 'too-many')
})
