import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type pg from 'pg'
import { findContract } from '#features/contracts/find.ts'
import { listContracts } from '#features/contracts/list.ts'
import { may } from '#features/rights/may.ts'
import { search } from '#features/search/search.ts'
import type { Context } from '#features/sessions/actor.ts'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'
import { listContractRights } from './of-contract.ts'
import { listUserRights } from './of-user.ts'
import { findPerson } from './person.ts'
import { mostReasons } from './reason.ts'
import { findTrial, listTrialRights } from './simulate.ts'

type Level = 'view' | 'edit'
type Right = Level | 'none'
/** The rules of a group and who is in it, as places in the lists below. */
interface Setting {
  all: Right
  services: Right[]
  contracts: Right[]
  members: boolean[]
}

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
let users: MadeUser[]
let groups: string[]
let services: string[]
/** In the order of their numbers. */
let contracts: { id: string; number: string; serviceId: string }[]

before(async () => {
  const first = await make.user({ role: 'portal-administrator', name: '一' })
  const { customerId } = first
  users = [first, await make.user({ customerId, name: '二' })]
  services = [await make.service(), await make.service()]
  contracts = []
  for (const at of [0, 1, 2, 3]) {
    const number = `R${customerId.slice(0, 8)}${at}`
    const serviceId = services[at % 2] ?? ''
    contracts.push({ id: await make.contract({ customerId, serviceId, number }), number, serviceId })
  }
  groups = []
  for (const name of ['甲', '乙', '丙']) groups.push(await make.group({ customerId, name }))
  // Nobody's here, and yet with every right: whatever is found of it is a hole in the fence.
  const other = await make.user()
  await make.contract({
    customerId: other.customerId,
    serviceId: services[0] ?? '',
    number: `R${customerId.slice(0, 8)}9`,
  })
  await make.group({ customerId: other.customerId, rights: [{ level: 'edit' }], members: [other.id] })
})

const right = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Right>('none') },
  { weight: 3, arbitrary: fc.constantFrom<Right[]>('view', 'edit') },
)
const setting = fc.record<Setting>({
  all: fc.oneof({ weight: 6, arbitrary: fc.constant<Right>('none') }, { weight: 1, arbitrary: right }),
  services: fc.array(right, { minLength: 2, maxLength: 2 }),
  contracts: fc.array(right, { minLength: 4, maxLength: 4 }),
  members: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
})
const settings = fc.array(setting, { minLength: 3, maxLength: 3 })

/** The product's sentence once more: the highest of all the rules of all one's groups that touch the contract. */
function modelOf(given: readonly Setting[], isIn: (group: Setting) => boolean, contract: number): Right {
  const touching = given
    .filter(isIn)
    .flatMap(({ all, services: each, contracts: single }) => [all, each[contract % 2], single[contract]])
  if (touching.includes('edit')) return 'edit'
  return touching.includes('view') ? 'view' : 'none'
}

async function write(given: readonly Setting[]): Promise<void> {
  const customerId = users[0]?.customerId
  const rights: unknown[] = []
  const members: unknown[] = []
  for (const [at, { all, services: each, contracts: single, members: isMember }] of given.entries()) {
    const group = groups[at]
    rights.push({ group, service: null, contract: null, level: all })
    for (const [index, level] of each.entries()) rights.push({ group, service: services[index], contract: null, level })
    for (const [index, level] of single.entries())
      rights.push({ group, service: null, contract: contracts[index]?.id, level })
    for (const [index, is] of isMember.entries()) if (is) members.push({ group, user: users[index]?.id })
  }
  await admin.query(
    `with r as (delete from user_group_right where customer_id = $1), m as (delete from user_group_member where customer_id = $1) select`,
    [customerId],
  )
  await admin.query(
    `with r as (insert into user_group_right (customer_id, user_group_id, service_id, contract_id, level)
       select $1, "group", service, contract, level::right_level
       from json_to_recordset($2) as given ("group" uuid, service uuid, contract uuid, level text) where level <> 'none')
     insert into user_group_member (customer_id, user_group_id, user_id)
     select $1, "group", "user" from json_to_recordset($3) as given ("group" uuid, "user" uuid)`,
    [customerId, JSON.stringify(rights), JSON.stringify(members)],
  )
}

test('rights function, list, contract page, search and effective rights say what an independent model says', async () => {
  await fc.assert(
    fc.asyncProperty(settings, async (given) => {
      await write(given)
      for (const [at, user] of users.entries())
        await asUser(database, { user, now }, (_tx, _actor, ctx) =>
          expectModel(
            ctx,
            contracts.map((_, contract) => modelOf(given, ({ members }) => members[at] === true, contract)),
          ),
        )
    }),
    // Each is two settings: one for each user.
    { numRuns: 500 },
  )
})

test('each right is explained by the rules that give it, and a trial tells what the next setting gives', async () => {
  await fc.assert(
    fc.asyncProperty(settings, async (given) => {
      await write(given)
      const [user] = users
      assert(user)
      await asUser(database, { user, now }, (_tx, _actor, ctx) => expectReasons(ctx, given))
    }),
    { numRuns: 60 },
  )
})

async function expectModel(ctx: Context, model: readonly Right[]): Promise<void> {
  const seen = contracts.flatMap(({ id }, at) => (model[at] === 'none' ? [] : [{ id, level: model[at] }]))
  const ids = seen.map(({ id }) => id)
  for (const [at, { id, serviceId }] of contracts.entries()) {
    const level = model[at] ?? 'none'
    assert.equal(may(ctx.actor, 'view', { id, serviceId }), level !== 'none')
    assert.equal(may(ctx.actor, 'edit', { id, serviceId }), level === 'edit')
    const found = await findContract(ctx, id)
    assert.deepEqual(
      found && { id: found.id, mayEdit: found.mayEdit },
      ids.includes(id) ? { id, mayEdit: level === 'edit' } : undefined,
    )
  }
  const term = contracts[0]?.number.slice(0, 9) ?? ''
  for (const terms of [[], [term]]) {
    const list = await listContracts(ctx, { filter: { terms }, order: sorting, place })
    assert.deepEqual(
      list.rows.map(({ row: { id, mayEdit } }) => ({ id, level: mayEdit ? 'edit' : 'view' })),
      seen,
    )
    const person = (await findPerson(ctx, ctx.actor.userId)) ?? assert.fail('nobody')
    const rights = await listUserRights(ctx, person, { terms, sorting, place })
    assert.deepEqual(
      rights.rows.map(({ row: { id, level } }) => ({ id, level })),
      seen,
    )
    assert.equal(rights.all, seen.length)
  }
  const found = await search(ctx, [term])
  assert.deepEqual(found.contracts.rows.map(({ id }) => id).toSorted(), ids.toSorted())
}

/** For both users, as the administrator sees them: who sees a contract, by which rules, and what a change would do. */
async function expectReasons(ctx: Context, given: readonly Setting[]): Promise<void> {
  for (const [contract, { id }] of contracts.entries()) {
    const { rows } = await listContractRights(ctx, { contractId: id, terms: [], place })
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
    const { rows } = await listUserRights(ctx, person, { terms: [], sorting, place })
    for (const { row } of rows) {
      const reasons = reasonsOf(
        given,
        at,
        contracts.findIndex(({ id }) => id === row.id),
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
    const expected = contracts.flatMap(({ id }, contract) => {
      const turn = (group: Setting): boolean => isIn(group) !== (group === given[turned])
      const [earlier, later] = [modelOf(given, isIn, contract), modelOf(given, turn, contract)]
      return earlier === later ? [] : [`${id} ${earlier} ${later}`]
    })
    const told = rows.map(({ row }) => `${row.id} ${row.before ?? 'none'} ${row.after ?? 'none'}`)
    assert.deepEqual(told, expected)
  }
}
