import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import fc from 'fast-check'
import { listContracts } from '#features/contracts/list.ts'
import type { Level } from '#features/rights/level.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import type { Context } from '#features/actor.ts'
import type { Place } from '#platform/list/paging.ts'
import { type Confirmed, confirmedOf } from '#platform/context.ts'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { portalAsked, testSecrets, testSettingsUrl, testUrl } from '#test/portal.ts'
import { openLog } from '#platform/log.ts'
import { applyStaged } from './apply.ts'
import { type EffectCounts, shownText } from './effect-counts.ts'
import { listChangedContracts } from './changed-contracts.ts'
import { findEffect } from './effect.ts'
import { findGroup } from './group.ts'
import type { PeopleChange } from './inner/people-effect.ts'
import { previewStaged } from './preview.ts'
import { setMembership } from './set-membership.ts'
import { stageContractRights, stageServiceRights } from './stage.ts'
import { findTakeOut } from './take-out.ts'

const now = new Date('2026-11-22T03:00:00Z')
const database = await testDatabase()
afterAll(() => database[Symbol.asyncDispose]())
const make = makerOf(database)
const customerId = await make.customer()
const administrator = await make.user({ customerId, role: 'portal-administrator' })
const users = [await make.user({ customerId }), await make.user({ customerId })]
const services = [await make.service(), await make.service()]
const contracts = await Promise.all(
  [...services, ...services].map(async (serviceId) => ({
    id: await make.contract({ customerId, serviceId }),
    serviceId,
  })),
)
const groups = [await make.group({ customerId }), await make.group({ customerId })]

/** Of one thing: nothing, a service or a contract, and what it shall be. */
interface Choice {
  thing: string
  level: Level | null
}
type Step =
  | { kind: 'rights'; group: number; choices: Choice[] }
  | { kind: 'membership'; group: number; user: number; isMember: boolean }

/** The model: what was last chosen for each thing, and who is in. Written without looking at how the features do it. */
const model = groups.map(() => ({ rules: new Map<string, Level | null>(), members: new Set<string>() }))

const groupsOf = (userId: string): number[] => model.flatMap(({ members }, at) => (members.has(userId) ? [at] : []))

function rankOf(inGroups: readonly number[], { id, serviceId }: { id: string; serviceId: string }): number {
  const ranks = model
    .filter((_group, at) => inGroups.includes(at))
    .flatMap(({ rules }) =>
      ['all', serviceId, id].map((thing) => ({ edit: 2, view: 1, none: 0 })[rules.get(thing) ?? 'none']),
    )
  return Math.max(0, ...ranks)
}

const ranksIn = (inGroups: readonly number[]): number[] => contracts.map((contract) => rankOf(inGroups, contract))
const ranksOf = (userId: string): number[] => ranksIn(groupsOf(userId))

const group = fc.nat({ max: groups.length - 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('rights' as const),
      group,
      choices: fc.uniqueArray(
        fc.record({
          thing: fc.constantFrom('all', ...services, ...contracts.map(({ id }) => id)),
          level: fc.constantFrom<(Level | null)[]>(null, null, 'view', 'edit'),
        }),
        { selector: ({ thing }) => thing, minLength: 1, maxLength: 4 },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('membership' as const),
      group,
      user: fc.nat({ max: users.length - 1 }),
      isMember: fc.boolean(),
    }),
  },
)

async function as<T>(user: MadeUser, work: (ctx: Confirmed<Context>) => Promise<T>): Promise<T> {
  const client = { ip: '192.0.2.1', network: '192.0.2.1', browser: '' }
  const rest = {
    now,
    client,
    language: 'ja' as const,
    secrets: testSecrets,
    portalUrl: testUrl,
    settingsUrl: testSettingsUrl,
    site: portalAsked,
    log: openLog('silent'),
  }
  return asUser(database, { user, now }, (tx, actor) =>
    work(confirmedOf({ ...rest, tx, actor }) ?? assert.fail('signed in just now')),
  )
}

const place: Place = { size: 100, page: 1, from: 'start' }

test('what was staged and applied is what rights, menu and list then say, and what was foretold', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
      for (const each of steps) await (each.kind === 'rights' ? takeRights(each) : takeMembership(each))
      for (const user of users) await expectAsModel(user)
      await expectForetold()
    }),
    { numRuns: runs({ usual: 60, many: 5_000 }) },
  )
})

async function takeRights({ group: at, choices }: Step & { kind: 'rights' }): Promise<void> {
  const before = users.map(({ id }) => ranksOf(id))
  for (const { thing, level } of choices) model[at]?.rules.set(thing, level)
  const after = users.map(({ id }) => ranksOf(id))
  const id = groups[at] ?? ''
  await as(administrator, async (ctx) => {
    const found = (await findGroup(ctx, id)) ?? assert.fail('the group is there')
    const staging = { group: found, version: found.rightsVersion }
    const levels = new Map(choices.map(({ thing, level }) => [thing, level]))
    const ofServices = new Map([...levels].filter(([thing]) => services.includes(thing)))
    assert((await stageServiceRights(ctx, staging, { all: levels.get('all'), services: ofServices })).ok)
    for (const serviceId of services) {
      const mine = contracts.filter((contract) => contract.serviceId === serviceId && levels.has(contract.id))
      const chosen = new Map(mine.map((contract) => [contract.id, levels.get(contract.id) ?? null]))
      assert((await stageContractRights(ctx, staging, { serviceId, contracts: chosen })).ok)
    }
    const effect = await previewStaged(ctx, { groupId: id, place })
    assert.deepEqual(effect.users, foretold(before, after))
    const changed = before.flat().filter((rank, index) => rank !== after.flat()[index]).length
    assert.equal(
      effect.rows.flatMap(({ row }) => row.changes).reduce((sum, { contracts: n }) => sum + n, 0),
      changed,
    )
    for (const [user, { id: userId }] of users.entries())
      assert.equal(
        (await listChangedContracts(ctx, { kind: 'apply', groupId: id }, userId)).length,
        before[user]?.filter((rank, index) => rank !== after[user]?.[index]).length,
      )
    const applied = await applyStaged(ctx, found, {
      version: found.rightsVersion,
      shown: shownText(effect.group?.staged ?? 0, effect.users),
    })
    // Choosing what is in force already is no choice.
    if (!applied.ok) assert.equal(applied.problem, 'nothing-chosen')
  })
}

async function takeMembership({ group: at, user, isMember }: Step & { kind: 'membership' }): Promise<void> {
  const { id: userId } = users[user] ?? assert.fail('a user')
  const before = users.map(({ id }) => ranksOf(id))
  const members = model[at]?.members
  const wasMember = members?.has(userId)
  if (isMember) members?.add(userId)
  else members?.delete(userId)
  const after = users.map(({ id }) => ranksOf(id))
  const id = groups[at] ?? ''
  await as(administrator, async (ctx) => {
    if (wasMember && !isMember) {
      const effect = await findTakeOut(ctx, { groupId: id, userIds: [userId], place })
      assert.deepEqual(effect.users, foretold(before, after))
    }
    const found = (await findGroup(ctx, id)) ?? assert.fail('the group is there')
    assert((await setMembership(ctx, { group: found, userIds: [userId], isMember })).ok)
  })
}

/** What would follow for both users, if they were put into a group, moved, or shut out: by numbers and contract by contract. */
async function expectForetold(): Promise<void> {
  const userIds = users.map(({ id }) => id)
  const [from = '', to = ''] = groups
  const changes: [change: PeopleChange, then: (inGroups: number[]) => number[]][] = [
    [{ kind: 'put-in', groupId: to, userIds }, (inGroups) => [...inGroups, 1]],
    [{ kind: 'move', from, to, userIds }, (inGroups) => (inGroups.includes(0) ? [1] : inGroups)],
    [{ kind: 'shut-out', userIds }, () => []],
  ]
  const before = userIds.map((id) => groupsOf(id))
  await as(administrator, async (ctx) => {
    for (const [change, then] of changes) {
      const after = before.map((inGroups) => then(inGroups))
      const [was, will] = [before.map(ranksIn), after.map(ranksIn)]
      const effect = await findEffect(ctx, { change, place })
      assert.deepEqual(effect.users, foretold(was, will), change.kind)
      for (const [at, userId] of userIds.entries()) {
        const changed = (was[at] ?? []).filter((rank, index) => rank !== will[at]?.[index]).length
        const row = effect.rows.find((each) => each.row.user.id === userId)?.row
        assert.equal(row?.changes.reduce((sum, { contracts: n }) => sum + n, 0) ?? 0, changed, change.kind)
        assert.equal((await listChangedContracts(ctx, change, userId)).length, changed, change.kind)
      }
    }
  })
}

function foretold(before: number[][], after: number[][]): EffectCounts {
  const count = (is: (was: number, will: number) => boolean): number =>
    before.filter((ranks, user) =>
      ranks.some((was, at) => was !== after[user]?.[at] && is(was, after[user]?.[at] ?? 0)),
    ).length
  return {
    gainView: count((was) => was === 0),
    gainEdit: count((_was, will) => will === 2),
    loseView: count((_was, will) => will === 0),
    loseEdit: count((was) => was === 2),
  }
}

async function expectAsModel(user: MadeUser): Promise<void> {
  const ranks = ranksOf(user.id)
  const seen = contracts.filter((_contract, at) => (ranks[at] ?? 0) > 0)
  const editable = contracts.filter((_contract, at) => ranks[at] === 2)
  await as(user, async (ctx) => {
    const list = await listContracts(ctx, {
      filter: { terms: [] },
      sorting: { by: 'number', descending: false },
      place,
    })
    assert.deepEqual(list.rows.map(({ row }) => row.id).toSorted(), seen.map(({ id }) => id).toSorted())
    const mine = list.rows.filter(({ row }) => row.mayEdit).map(({ row }) => row.id)
    assert.deepEqual(mine.toSorted(), editable.map(({ id }) => id).toSorted())
    const menu = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
    const counts = menu.services.map(({ id, contracts: { normal = 0 } }) => [id, normal])
    const expected = services.map((id) => [id, seen.filter(({ serviceId }) => serviceId === id).length] as const)
    assert.deepEqual(Object.fromEntries(counts), Object.fromEntries(expected.filter(([, count]) => count > 0)))
  })
}
