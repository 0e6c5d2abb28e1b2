import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { rightLabels } from '#sites/frame/guide-labels.ts'
import { contractRightList } from '#features/effective-rights/of-contract.ts'
import { may } from '#features/rights/may.ts'
import { startSession } from '#features/sessions/start.ts'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { testPortal } from '#test/portal.ts'
import {
  groupsOfSetting,
  makeRuled,
  type Right,
  rightBy,
  type Ruled,
  type SetGroup,
  settings,
  writeSettings,
} from '#test/rights-settings.ts'
import { cookieName } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

/** How many users' rights are asked for. */
const usersTried = runs({ usual: 30, many: 10_000 })
/** A customer has so many, whose rights are all in force together. */
const usersTogether = 250

const database = await testDatabase()
const admin = superuserOf(database)
const make = makerOf(database)
const portal = await testPortal(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

test('rights function, list, page, search and effective rights say what an independent model says', async () => {
  for (let tried = 0; tried < usersTried; tried += usersTogether)
    await tryWorld(Math.min(usersTogether, usersTried - tried))
})

/** A random setting for each user; the next user is in some of its groups, too. */
async function tryWorld(users: number): Promise<void> {
  const seed = Math.trunc(Math.random() * 2 ** 31)
  const administrator = await make.user({ role: 'portal-administrator' })
  const { customerId } = administrator
  const ruled = await makeRuled(make, customerId)
  const userIds = await makeMany(userRows, customerId, users)
  const groupIds = await makeMany(groupRows, customerId, users * groupsOfSetting)
  const groups = fc.sample(settings, { numRuns: users, seed }).flatMap((each, at) =>
    each.map((setting, group): SetGroup => {
      const id = groupIds[at * groupsOfSetting + group] ?? assert.fail('a group is missing')
      return { id, setting, users: userIds.slice(at, at + 2) }
    }),
  )
  await writeSettings(admin, ruled, groups)
  await admin.query('analyze user_group_right, user_group_member')
  const model = new Map(userIds.map((userId) => [userId, modelOf(groups, userId, ruled.contracts)]))
  for (const [userId, rights] of model)
    await expectAgreement(ruled, userId, { rights, told: `user ${userIds.indexOf(userId)} of ${users}, seed ${seed}` })
  const now = portal.program.now()
  await asUser(database, { user: administrator, now }, async (_tx, _actor, ctx) => {
    const place = { size: users, page: 1, from: 'start' as const }
    for (const [at, { id: contractId }] of ruled.contracts.entries()) {
      const asked = {
        of: { contractId },
        terms: [],
        chosen: {},
        sorting: { by: 'name' as const, descending: false },
        place,
      }
      const { rows } = await contractRightList.read(ctx, asked)
      const told = new Map(rows.map(({ row: { user, level } }) => [user.id, level]))
      const expected = [...model].map(([userId, rights]) => [userId, rights[at]] as const)
      assert.deepEqual(told, new Map(expected.filter(([, right]) => right !== 'none')), `contract ${at}, seed ${seed}`)
    }
  })
}

const userRows = `insert into portal_user (customer_id, mail, name, phone, role, second_factor, state)
  select $1, gen_random_uuid() || '@example.com', '利用者', '', 'general-user', 'totp', 'active' from generate_series(1, $2) returning id`
const groupRows = `insert into user_group (customer_id, number, name)
  select $1, 'G' || 1000000 + n, 'グループ' || n from generate_series(1, $2) n returning id`

async function makeMany(statement: string, customerId: string, count: number): Promise<string[]> {
  const { rows } = await admin.query<{ id: string }>(statement, [customerId, count])
  return rows.map(({ id }) => id)
}

/** What a user's groups give to each of the contracts. */
function modelOf(groups: readonly SetGroup[], userId: string, contracts: readonly unknown[]): Right[] {
  const own = groups
    .filter(({ setting, users }) => setting.members[users.indexOf(userId)])
    .map(({ setting }) => setting)
  return contracts.map((_contract, at) => rightBy(own, at))
}

interface Expected {
  rights: readonly Right[]
  /** Whose they are, for whoever has to find them again. */
  told: string
}

type Level = readonly [number: string, right: Right | undefined]

async function expectAgreement(ruled: Ruled, userId: string, { rights, told }: Expected): Promise<void> {
  const { customerId, contracts, prefix, foreign } = ruled
  const user = { id: userId, customerId, mail: '', name: '' }
  const session = { customerId, userId, secondFactor: 'totp' as const, credentialEpoch: 1 }
  const browser = portal.browser()
  await asUser(database, { user, now: portal.program.now() }, async (_tx, actor, ctx) => {
    const given = contracts.map((contract) =>
      may(actor, 'edit', contract) ? 'edit' : may(actor, 'view', contract) ? 'view' : 'none',
    )
    assert.deepEqual(given, rights, `rights function: ${told}`)
    browser.cookies.set(cookieName('session'), await startSession(ctx, session))
  })
  const levels = contracts.map(({ number }, at): Level => [number, rights[at]]).filter(([, right]) => right !== 'none')
  const list = await read(browser, paths.contracts)
  const search = await read(browser, `${paths.search}?q=${prefix}`)
  const own = await read(browser, paths.ownRights)
  assert.deepEqual(rowsIn(list, prefix, byMemo), levels, `list: ${told}`)
  assert.deepEqual(
    numbersIn(search, prefix),
    levels.map(([number]) => number),
    `search: ${told}`,
  )
  assert.deepEqual(rowsIn(own, prefix, byWord), levels, `effective rights: ${told}`)
  for (const [at, { id }] of contracts.entries()) {
    const { status, body } = await browser.get(paths.contract({ id }))
    const shown = { 200: byMemo(body), 404: 'none' }[status]
    assert.equal(shown, rights[at], `page of contract ${at}: ${told}`)
  }
  assert.equal((await browser.get(paths.contract({ id: foreign }))).status, 404)
}

async function read(browser: TestBrowser, path: string): Promise<string> {
  const { status, body } = await browser.get(path)
  assert.equal(status, 200, path)
  return body.replaceAll(/<\/?mark>/g, '')
}

/** The contracts in the rows of a table, with the right that each row shows. */
function rowsIn(body: string, prefix: string, rightIn: (row: string) => Right): Level[] {
  return body.split('<tr').flatMap((row) => numbersIn(row, prefix).map((number): Level => [number, rightIn(row)]))
}

function numbersIn(body: string, prefix: string): string[] {
  return [...new Set(body.match(new RegExp(`${prefix}\\d`, 'g')))].toSorted()
}

/** Whoever may edit a contract is led to its memo. */
function byMemo(html: string): Right {
  return /href="\/contracts\/[0-9a-f-]+\/memo\b/.test(html) ? 'edit' : 'view'
}

function byWord(row: string): Right {
  const [shown = ''] = /class="effective">.*?<\/b>/.exec(row) ?? []
  return shown.includes(rightLabels.edit.ja) ? 'edit' : shown.includes(rightLabels.view.ja) ? 'view' : 'none'
}
