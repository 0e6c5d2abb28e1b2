import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after as afterAll, test } from 'node:test'
import fc from 'fast-check'
import type { Context } from '#features/actor.ts'
import { applyPlanned } from '#features/user-groups/apply-planned.ts'
import { cancelPlanned, planMembership } from '#features/user-groups/planned.ts'
import { setMembership } from '#features/user-groups/set-membership.ts'
import { editUser, type UserEdit } from '#features/users/edit.ts'
import { resetFactor } from '#features/users/factor.ts'
import { removeUser } from '#features/users/remove.ts'
import { resumeUser, suspendUser } from '#features/users/suspend.ts'
import { findUser, type User } from '#features/users/user.ts'
import { writeMany } from '#features/users/write-many.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { days } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { testPortal, testSecrets } from '#test/portal.ts'
import { asConfirmed } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'

// Whatever administrators do with roles, states, periods, groups, plans and files, and however time goes: from the first day on there is
// no day to come without an active administrator, nor one without any in the automatic group, for nobody confirms that.

const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
afterAll(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const who = fc.nat({ max: 3 })
const day = fc.integer({ min: -3, max: 12 })
const period = fc.record({ begins: fc.option(day), ends: fc.option(day) })
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('edit' as const), who, period, isDemoted: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('period' as const), who, period }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('file' as const), who, period, isDemoted: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('suspend' as const, 'resume' as const, 'remove' as const, 'reset' as const),
      who,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('join' as const, 'leave' as const), who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('plan' as const), who, joins: fc.boolean(), on: day }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 4 }) }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const numRuns = runs({ usual: 15, many: 500 })
const tally = { done: 0, refused: 0 }

test(`in ${numRuns} random histories no day to come is without an active administrator`, async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 14, maxLength: 14 }), walk), { numRuns })
  assert(tally.done > numRuns && tally.refused > numRuns, JSON.stringify(tally))
})

interface World {
  portal: Awaited<ReturnType<typeof testPortal>>
  people: MadeUser[]
  group: { id: string; name: string; isAutomatic: true }
}

async function walk(path: readonly Step[]): Promise<void> {
  const portal = await testPortal(database)
  const role = 'portal-administrator'
  const first = await make.user({ role })
  const { customerId } = first
  const people = [first, ...(await Promise.all([1, 2, 3].map(() => make.user({ role, customerId }))))]
  const { rows } = await admin.query<{ id: string }>(
    `insert into user_group (customer_id, number, name, is_automatic) values ($1, 'G0000002', '自動', true) returning id`,
    [customerId],
  )
  const group = { id: rows[0]?.id ?? assert.fail(), name: '自動', isAutomatic: true } as const
  for (const { id } of people.slice(0, 2))
    await admin.query('insert into user_group_member (customer_id, user_group_id, user_id) values ($1, $2, $3)', [
      customerId,
      group.id,
      id,
    ])
  const world = { portal, people, group }
  for (const each of path) {
    await take(each, world)
    await checkEveryDay(world, JSON.stringify(each))
  }
}

async function take(each: Step, world: World): Promise<void> {
  const { portal, people } = world
  if (each.do === 'wait') {
    portal.advance(each.days * days)
    await applyPlanned({ database: database.operator, secrets: testSecrets, now: portal.program.now })
    return
  }
  const { id } = people[each.who] ?? assert.fail()
  await asAnybody(world, async (ctx) => {
    const user = await findUser(ctx, id)
    return user ? change(ctx, user, { each, group: world.group }) : refuse('gone')
  })
}

interface Change {
  each: Exclude<Step, { do: 'wait' }>
  group: World['group']
}

async function change(ctx: Confirmed<Context>, user: User, { each, group }: Change): Promise<Outcome<unknown>> {
  const sure = { mayEmptyGroup: false }
  const { now } = ctx
  switch (each.do) {
    case 'edit':
    case 'period':
      return editUser(ctx, user, { edit: editOf(user, each, now), ...sure })
    case 'file':
      return writeMany(writing(ctx), manyOf(user, each, now))
    case 'suspend':
      return suspendUser(ctx, user, sure)
    case 'resume':
      return resumeUser(ctx, user)
    case 'remove':
      return removeUser(ctx, user, sure)
    case 'reset':
      return resetFactor(ctx, user, sure)
    case 'plan': {
      const { joins, on } = each
      return planMembership(ctx, { userId: user.id, groupId: group.id, joins, dueOn: dayAt(now, on) })
    }
    case 'cancel': {
      const { rows } = await admin.query<{ id: string }>('select id from planned_membership where user_id = $1', [
        user.id,
      ])
      return rows[0] ? done(await cancelPlanned(ctx, rows[0].id)) : refuse('nothing-planned')
    }
    case 'join':
    case 'leave':
    default:
      return setMembership(ctx, { group, userIds: [user.id], isMember: each.do === 'join' })
  }
}

/** In the name of one who may, if there is one who can log in; what is refused is undone. */
async function asAnybody(
  { portal, people }: World,
  work: (ctx: Confirmed<Context>) => Promise<Outcome<unknown>>,
): Promise<void> {
  const { rows } = await admin.query<{ id: string }>(
    `select u.id from portal_user u join customer c on c.id = u.customer_id where u.id = any($1) and role = 'portal-administrator'
      and state = 'active' and is_in_period(begins_on, ends_on, c.time_zone, $2) order by random() limit 1`,
    [people.map(({ id }) => id), portal.program.now()],
  )
  const actor = people.find(({ id }) => id === rows[0]?.id) ?? assert.fail('nobody could help any longer')
  const browser = await signIn(portal, actor)
  try {
    await asConfirmed(portal, browser, async (ctx) => {
      const outcome = await work(ctx)
      if (!outcome.ok) throw new Refused()
    })
    tally.done++
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    tally.refused++
  }
}

class Refused extends Error {}

const dayAt = (now: Date, n: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date(now.getTime() + n * days))

interface Moved {
  period: { begins: number | null; ends: number | null }
  isDemoted?: boolean
}

function periodOf({ period: { begins, ends } }: Moved, now: Date): { beginsOn: string; endsOn: string } {
  const [first, last] = begins !== null && ends !== null && begins > ends ? [ends, begins] : [begins, ends]
  return { beginsOn: first === null ? '' : dayAt(now, first), endsOn: last === null ? '' : dayAt(now, last) }
}

function editOf(user: User, moved: Moved, now: Date): UserEdit {
  const role = moved.isDemoted ? 'general-user' : 'portal-administrator'
  return { ...user, ...periodOf(moved, now), role, groups: { joined: [], left: [] } }
}

function writing(ctx: Confirmed<Context>): Parameters<typeof writeMany>[0] {
  return { ...ctx, importId: randomUUID(), progress: async () => undefined }
}

/** Of one's own period and role a file tells nothing. */
function manyOf(user: User, moved: Moved, now: Date): Parameters<typeof writeMany>[1] {
  const { id, version, mail, name } = user
  const fields = { ...periodOf(moved, now), ...(moved.isDemoted && { role: 'general-user' as const }) }
  return {
    added: [],
    changed: [{ row: 2, id, version, mail, name, before: {}, fields, joined: [], left: [] }],
    groups: [],
  }
}

/** Day by day, as the days will be if nothing more is done, each plan being done or refused. */
async function checkEveryDay({ portal, people, group }: World, after: string): Promise<void> {
  const { rows } = await admin.query<{
    begins: string | null
    ends: string | null
    leaves: string | null
    is_in: boolean
  }>(
    `select begins_on::text as begins, ends_on::text as ends,
      (select min(due_on)::text from planned_membership p where p.user_id = u.id and not joins and refused is null) as leaves,
      exists (select from user_group_member m where m.user_id = u.id and m.user_group_id = $2) as is_in
      from portal_user u where id = any($1) and role = 'portal-administrator' and state = 'active'`,
    [people.map(({ id }) => id), group.id],
  )
  for (let n = 0; n <= 30; n++) {
    const on = dayAt(portal.program.now(), n)
    const leading = rows.filter(({ begins, ends }) => (begins ?? '') <= on && on <= (ends ?? '9999'))
    assert(leading.length > 0, `nobody on ${on}, after ${after}`)
    assert(
      leading.some(({ is_in, leaves }) => is_in && on < (leaves ?? '9999')),
      `nobody in the automatic group on ${on}, after ${after}`,
    )
  }
}
