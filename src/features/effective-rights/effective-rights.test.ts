import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type pg from 'pg'
import type { Context } from '#features/actor.ts'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import {
  makeRuled,
  type Right,
  rightBy,
  type Ruled,
  type Setting,
  settings,
  writeSettings,
} from '#test/rights-settings.ts'
import { superuserOf } from '#test/superuser.ts'
import { contractRightList } from './of-contract.ts'
import { userRightList } from './of-user.ts'
import { findPerson } from './person.ts'
import { mostReasons } from './reason.ts'
import { findTrial, listTrialRights } from './simulate.ts'

const database = await testDatabase()
const admin: pg.Pool = superuserOf(database)
const make = makerOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const now = new Date('2026-11-22T03:00:00Z')
const place = { size: 100, page: 1, from: 'start' as const }
const sorting = { by: 'number' as const, descending: false }
const byName = { by: 'name' as const, descending: false }
let users: MadeUser[]
let groups: string[]
let ruled: Ruled

before(async () => {
  const first = await make.user({ role: 'portal-administrator', name: '一' })
  const { customerId } = first
  users = [first, await make.user({ customerId, name: '二' })]
  ruled = await makeRuled(make, customerId)
  groups = []
  for (const name of ['甲', '乙', '丙']) groups.push(await make.group({ customerId, name }))
})

function modelOf(given: readonly Setting[], isIn: (group: Setting) => boolean, contract: number): Right {
  return rightBy(given.filter(isIn), contract)
}

test('each right is explained by the rules that give it, and a trial tells what the next setting gives', async () => {
  await fc.assert(
    fc.asyncProperty(settings, async (given) => {
      const set = given.map((setting, at) => ({
        id: groups[at] ?? '',
        setting,
        users: users.map(({ id }) => id),
      }))
      await writeSettings(admin, ruled, set)
      const [user] = users
      assert(user)
      await asUser(database, { user, now }, (_tx, _actor, ctx) => expectReasons(ctx, given))
    }),
    { numRuns: runs({ usual: 40, many: 5_000 }) },
  )
})

/** For both users, as the administrator sees them: who sees a contract, by which rules, and what a change would do. */
async function expectReasons(ctx: Context, given: readonly Setting[]): Promise<void> {
  for (const [contract, { id }] of ruled.contracts.entries()) {
    const asked = { of: { contractId: id }, terms: [], chosen: {}, sorting: byName, place }
    const { rows } = await contractRightList.read(ctx, asked)
    const expected = users.flatMap(({ id: userId }, at) => {
      const level = modelOf(given, ({ members }) => members[at] === true, contract)
      return level === 'none' ? [] : [{ userId, level, reasons: reasonsOf(given, at, contract) }]
    })
    const told = rows.map(({ row: { user, level, reasons, reasonCount } }) => {
      assert.equal(reasons.length, Math.min(reasonCount, mostReasons))
      // The strongest is told first.
      assert.equal(reasons[0]?.level, level)
      return { userId: user.id, level, reasons: reasonCount }
    })
    assert.deepEqual(
      told.toSorted(byUser),
      expected.map((each) => ({ ...each, reasons: each.reasons.length })).toSorted(byUser),
    )
  }
  for (const [at, user] of users.entries()) {
    const person = (await findPerson(ctx, user.id)) ?? assert.fail('nobody')
    const { rows } = await userRightList.read(ctx, { of: person, terms: [], chosen: {}, sorting, place })
    for (const { row } of rows) {
      const reasons = reasonsOf(
        given,
        at,
        ruled.contracts.findIndex(({ id }) => id === row.id),
      )
      assert.equal(row.reasonCount, reasons.length)
      for (const { group, layer, level } of row.reasons) assert(reasons.includes(`${group.id} ${layer} ${level}`))
    }
    await expectTrials(ctx, given, at)
  }
}

const byUser = (one: { userId: string }, other: { userId: string }): number => (one.userId < other.userId ? -1 : 1)

function reasonsOf(given: readonly Setting[], user: number, contract: number): string[] {
  return given.flatMap(({ all, services: each, contracts: single, members }, at) => {
    const layers = { all, service: each[contract % 2], contract: single[contract] }
    return members[user] !== true
      ? []
      : Object.entries(layers).flatMap(([layer, level]) =>
          level === 'none' ? [] : [`${groups[at]} ${layer} ${level}`],
        )
  })
}

async function expectTrials(ctx: Context, given: readonly Setting[], at: number): Promise<void> {
  const userId = users[at]?.id ?? ''
  const isIn = ({ members }: Setting): boolean => members[at] === true
  for (const [turned, groupId] of groups.entries()) {
    const trial = (await findTrial(ctx, userId, groupId)) ?? assert.fail('nobody')
    const { rows } = await listTrialRights(ctx, trial.chosen ?? assert.fail('no group'), place)
    const expected = ruled.contracts.flatMap(({ id }, contract) => {
      const turn = (group: Setting): boolean => isIn(group) !== (group === given[turned])
      const [earlier, later] = [modelOf(given, isIn, contract), modelOf(given, turn, contract)]
      return earlier === later ? [] : [`${id} ${earlier} ${later}`]
    })
    const told = rows.map(({ row }) => `${row.id} ${row.before ?? 'none'} ${row.after ?? 'none'}`)
    assert.deepEqual(told, expected)
  }
}
