import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import fc from 'fast-check'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { superuserOf } from '#test/superuser.ts'
import { findDaysCovered, findLosses, findLossesSince, type Supposed } from './losses.ts'

// What a change would cost, against a model that counts day by day.

const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
afterAll(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const now = new Date('2027-03-01T12:00:00Z')
/** Days of the model: -3 is three days ago; the last one stands for all that follow. */
const firstDay = -3
const lastDay = 12
const dayAt = (n: number): string => new Date(Date.UTC(2027, 2, 1 + n)).toISOString().slice(0, 10)

const day = fc.integer({ min: firstDay, max: lastDay - 1 })
const period = fc
  .tuple(fc.option(day), fc.option(day))
  .filter(([begins, ends]) => begins === null || ends === null || begins <= ends)
const person = fc.record({
  period,
  isAdministrator: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  state: fc.constantFrom('active', 'active', 'active', 'suspended', 'awaiting-registration'),
  isMember: fc.boolean(),
  plans: fc.uniqueArray(fc.record({ on: day, joins: fc.boolean(), isRefused: fc.boolean() }), {
    maxLength: 2,
    selector: ({ on }) => on,
  }),
})
type Person = typeof person extends fc.Arbitrary<infer P> ? P : never

const supposed = fc.record({
  who: fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1, maxLength: 3 }),
  what: fc.oneof(
    fc.record({ administer: fc.oneof(fc.constant('never' as const), period) }),
    fc.record({ inGroupBefore: fc.oneof(fc.constant('never' as const), day) }),
  ),
})
type Guess = typeof supposed extends fc.Arbitrary<infer S> ? S : never

const within = ([begins, ends]: Person['period'], n: number): boolean =>
  (begins === null || begins <= n) && (ends === null || n <= ends)

function leavesOn({ plans }: Person): number {
  return Math.min(...plans.filter(({ joins, isRefused }) => !joins && !isRefused).map(({ on }) => on), Infinity)
}

const ahead = Array.from({ length: lastDay + 1 }, (_, n) => n)

/** The days that are covered now and no longer then. */
function isLost(before: (n: number) => boolean, then: (n: number) => boolean): boolean {
  return ahead.some((n) => before(n) && !then(n))
}

function modelOf(
  people: readonly Person[],
  { who, what }: Guess,
): { administrators: boolean; inAutomaticGroup: boolean } {
  const all = people.map((each, at) => ({ ...each, isSupposed: who.includes(at) }))
  const leading = all.filter(({ isAdministrator, state }) => isAdministrator && state === 'active')
  type Each = (typeof leading)[number]
  const leads = (each: Each, n: number): boolean => within(each.period, n)
  const leadsThen = (each: Each, n: number): boolean => {
    if (!each.isSupposed || !('administer' in what)) return leads(each, n)
    return what.administer !== 'never' && within(what.administer, n)
  }
  const asksGroup = 'inGroupBefore' in what
  const isIn = (each: Each, n: number): boolean =>
    each.isMember && (asksGroup && each.isSupposed ? true : n < leavesOn(each))
  const isInThen = (each: Each, n: number): boolean => {
    if (!each.isMember || n >= leavesOn(each)) return false
    return !asksGroup || !each.isSupposed || (what.inGroupBefore !== 'never' && n < what.inGroupBefore)
  }
  return {
    administrators: isLost(
      (n) => leading.some((each) => leads(each, n)),
      (n) => leading.some((each) => leadsThen(each, n)),
    ),
    inAutomaticGroup: isLost(
      (n) => leading.some((each) => leads(each, n) && isIn(each, n)),
      (n) => leading.some((each) => leadsThen(each, n) && isInThen(each, n)),
    ),
  }
}

const numRuns = runs({ usual: 60, many: 5_000 })

test(`what ${numRuns} random changes of roles, periods and memberships would cost, day by day`, async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 4, maxLength: 4 }), supposed, async (people, guess) => {
      const { customerId, ids } = await store(people)
      const asked = supposedOf(guess, ids)
      const found = await database.operator.transaction((tx) =>
        findLosses({ tx, now, actor: { customer: { id: customerId } } }, asked),
      )
      assert.deepEqual(found, modelOf(people, guess))
      seen.add(JSON.stringify(found))
    }),
    { numRuns },
  )
  assert(seen.size >= 3, [...seen].join(' '))
})

test('what many changes have cost is told afterwards', async () => {
  const { customerId, ids } = await store([
    { period: [null, null], isAdministrator: true, state: 'active', isMember: true, plans: [] },
    { period: [null, 5], isAdministrator: true, state: 'active', isMember: true, plans: [] },
  ])
  await database.operator.transaction(async (tx) => {
    const asking = { tx, now, actor: { customer: { id: customerId } } }
    const former = await findDaysCovered(asking)
    assert.deepEqual(await findLossesSince(asking, former), { administrators: false, inAutomaticGroup: false })
    await tx
      .updateTable('portal_user')
      .set({ ends_on: dayAt(9) })
      .where('id', '=', ids[0] ?? '')
      .execute()
    assert.deepEqual(await findLossesSince(asking, former), { administrators: true, inAutomaticGroup: true })
    await tx
      .updateTable('portal_user')
      .set({ ends_on: null })
      .where('id', '=', ids[1] ?? '')
      .execute()
    assert.deepEqual(await findLossesSince(asking, former), { administrators: false, inAutomaticGroup: false })
  })
})

async function store(people: readonly Person[]): Promise<{ customerId: string; ids: string[] }> {
  const customerId = await make.customer()
  // Midnight of the customer is not that of the database.
  await admin.query(`update customer set time_zone = 'UTC' where id = $1`, [customerId])
  const group = await admin.query<{ id: string }>(
    `insert into user_group (customer_id, number, name, is_automatic) values ($1, 'G0000002', '自動', true) returning id`,
    [customerId],
  )
  const groupId = group.rows[0]?.id ?? assert.fail()
  const ids: string[] = []
  for (const each of people) ids.push(await storePerson(each, { customerId, groupId }))
  return { customerId, ids }
}

async function storePerson(
  { period: [begins, ends], isAdministrator, state, isMember, plans }: Person,
  { customerId, groupId }: { customerId: string; groupId: string },
): Promise<string> {
  const role = isAdministrator ? 'portal-administrator' : 'general-user'
  const { rows } = await admin.query<{ id: string }>(
    `insert into portal_user (customer_id, mail, name, phone, role, state, begins_on, ends_on)
      values ($1, gen_random_uuid() || '@example.com', '甲', '03-0000-0000', $2, $3, $4, $5) returning id`,
    [customerId, role, state, begins === null ? null : dayAt(begins), ends === null ? null : dayAt(ends)],
  )
  const id = rows[0]?.id ?? assert.fail()
  if (isMember)
    await admin.query('insert into user_group_member (customer_id, user_group_id, user_id) values ($1, $2, $3)', [
      customerId,
      groupId,
      id,
    ])
  for (const { on, joins, isRefused } of plans)
    await admin.query(
      `insert into planned_membership (customer_id, user_group_id, user_id, joins, due_on, planned_by, planned_at, refused)
        values ($1, $2, $3, $4, $5, $3, now(), $6)`,
      [customerId, groupId, id, joins, dayAt(on), isRefused ? 'user-gone' : null],
    )
  return id
}

function supposedOf({ who, what }: Guess, ids: readonly string[]): Supposed {
  const userIds = who.map((at) => ids[at] ?? assert.fail())
  if ('inGroupBefore' in what) {
    const until = what.inGroupBefore
    return { userIds, inGroupBefore: until === 'never' ? until : dayAt(until) }
  }
  if (what.administer === 'never') return { userIds, administer: 'never' }
  const [begins, ends] = what.administer
  return {
    userIds,
    administer: { beginsOn: begins === null ? '' : dayAt(begins), endsOn: ends === null ? '' : dayAt(ends) },
  }
}
