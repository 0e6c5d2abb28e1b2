import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { pino } from 'pino'
import { forgetAddresses } from '#features/users/forget.ts'
import { listUsedUpBudgets, refillAddressBudgets } from '#features/users/used-up-budgets.ts'
import { hours, minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'
import { type Filled, postFilled, somebody } from '#test/user-form.ts'
import { paths } from '../paths.ts'

// An administrator who tries out whose address is a user of somebody else.

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
const logged: string[] = []
portal.program.log = pino({ level: 'warn' }, { write: (line) => void logged.push(line) })
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const role = 'portal-administrator'
const newMail = (): string => `new-${randomUUID()}@example.com`
const refused = /このメールアドレスは登録できません。窓口へお問い合わせください。/

interface World {
  administrator: MadeUser
  browser: TestBrowser
  /** Has an address of its own, and one that awaits registration. */
  members: [MadeUser, MadeUser]
}

async function openWorld(customerId?: string): Promise<World> {
  const administrator = await make.user({ role, ...(customerId && { customerId }) })
  const ofCustomer = { customerId: administrator.customerId }
  return {
    administrator,
    browser: await signIn(portal, administrator),
    members: [await make.user(ofCustomer), await make.user({ ...ofCustomer, state: 'awaiting-registration' })],
  }
}

/** The same administrator in another browser. */
const anew = async (world: World): Promise<World> => ({ ...world, browser: await signIn(portal, world.administrator) })

/** The ways in which an administrator gives an address. */
const waysOf = ({ members: [active, awaiting] }: World): [path: string, filled: Filled][] => [
  [paths.addUser, somebody],
  [paths.userMail({ id: active.id }), {}],
  [paths.userMail({ id: awaiting.id }), {}],
]

async function give(world: World, mail: string, way = 0): Promise<Answer> {
  const [path, filled] = waysOf(world)[way] ?? assert.fail('no such way')
  return postFilled(world.browser, path, { ...filled, mail })
}

/** Gives addresses of other customers' users, by all ways in turn. */
async function clash(world: World, times: number): Promise<void> {
  for (let tried = 0; tried < times; tried++) {
    const { status, body } = await give(world, (await make.user()).mail, tried % 3)
    assert.equal(status, 422)
    assert.match(body, refused)
  }
}

async function clashesOf({ administrator }: World): Promise<number | null> {
  return (await admin.query('select from address_clash where user_id = $1', [administrator.id])).rowCount
}

const isKnown = async (mail: string): Promise<boolean> => {
  const asked = 'select from portal_user where mail = $1 union all select from mail_change where new_mail = $1'
  return (await admin.query(asked, [mail])).rowCount === 1
}

/** What an answer says, without what was typed and what is made anew each time. */
const textOf = ({ body }: Answer, mail: string): string =>
  body.replaceAll(mail, '').replace(/(token" value|nonce)="[^"]*"|again(=|%3D)[\w-]{8}/g, '')

test('of an administrator ten addresses of others a day are compared; then all new ones are refused in the same words', async () => {
  const world = await openWorld()
  await clash(world, 10)
  assert.equal(await clashesOf(world), 10)
  for (const way of [0, 1, 2]) {
    const [free, taken] = [newMail(), (await make.user()).mail]
    const answers = [await give(world, free, way), await give(world, taken, way)] as const
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([422]))
    assert.match(answers[0].body, refused)
    assert.equal(textOf(answers[0], free), textOf(answers[1], taken))
    assert.equal(await isKnown(free), false)
  }
  assert.equal(await clashesOf(world), 10)
})

test('of the own customer an administrator is told as ever, and it counts for nothing', async () => {
  const world = await openWorld()
  const { mail } = world.administrator
  for (let tried = 0; tried < 12; tried++) assert.match((await give(world, mail)).body, /すでに登録されています/)
  await clash(world, 10)
  assert.match((await give(world, mail)).body, /すでに登録されています/)
  assert.equal(await clashesOf(world), 10)
})

test('addresses that nobody has are given any number of times', async () => {
  const world = await openWorld()
  for (let added = 0; added < 35; added++) assert.equal((await give(world, newMail())).status, 303)
  await clash(world, 9)
  const mail = newMail()
  assert.equal((await give(world, mail, 1)).status, 303)
  assert(await isKnown(mail))
})

test('a day later it begins anew, each address by its own time', async () => {
  const world = await openWorld()
  await clash(world, 1)
  portal.advance(3 * hours)
  await clash(await anew(world), 9)
  portal.advance(21 * hours - 1 * minutes)
  const again = await anew(world)
  assert.equal((await give(again, newMail())).status, 422)
  portal.advance(2 * minutes)
  assert.equal((await give(again, newMail())).status, 303)
  await clash(again, 1)
  assert.equal((await give(again, newMail())).status, 422)
})

test('thirty are compared for all administrators of a customer together, and none is taken from another customer', async () => {
  const first = await openWorld()
  const { customerId } = first.administrator
  const worlds = [first, await openWorld(customerId), await openWorld(customerId), await openWorld(customerId)]
  for (const world of worlds.slice(0, 3)) await clash(world, 10)
  const fresh = worlds[3] ?? assert.fail()
  assert.match((await give(fresh, newMail())).body, refused)
  assert.equal(await clashesOf(fresh), 0)
  assert.equal((await give(await openWorld(), newMail())).status, 303)
})

test('of forty that are given at once, in four browsers, ten are compared', async () => {
  const world = await openWorld()
  const worlds = [world, await anew(world), await anew(world), await anew(world)]
  const mails = await Promise.all(Array.from({ length: 40 }, async () => (await make.user()).mail))
  const answers = await Promise.all(mails.map((mail, index) => give(worlds[index % 4] ?? world, mail, index % 3)))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([422]))
  assert.equal(await clashesOf(world), 10)
})

test('the operator is told at the bound, once, and can end it', async () => {
  const world = await openWorld()
  const { id: user, customerId: customer, mail } = world.administrator
  await clash(world, 9)
  assert.deepEqual(
    logged.filter((line) => line.includes(user)),
    [],
  )
  await clash(world, 3)
  const told = logged.filter((line) => line.includes(user)).map((line): unknown => JSON.parse(line))
  assert.equal(told.length, 1)
  assert.partialDeepStrictEqual(told[0], { level: 40, user, customer })

  const now = portal.program.now()
  const usedUp = await database.operator.transaction((tx) => listUsedUpBudgets(tx, now))
  assert(usedUp.some(({ administrator }) => administrator === mail))
  await database.operator.transaction((tx) => forgetAddresses(tx, now))
  assert.equal((await give(world, newMail())).status, 422)
  const { rows } = await admin.query<{ code: string }>('select code from customer where id = $1', [customer])
  const { code = '' } = rows[0] ?? {}
  assert.deepEqual(
    await database.operator.transaction(async (tx) => [
      await refillAddressBudgets(tx, code),
      await refillAddressBudgets(tx, 'nobody'),
    ]),
    [true, false],
  )
  assert.equal((await give(world, newMail())).status, 303)
})

test('what nobody has given for two days is forgotten', async () => {
  const world = await openWorld()
  await clash(world, 1)
  const budgets = async () =>
    (await admin.query('select from address_budget where customer_id = $1', [world.administrator.customerId])).rowCount
  assert.equal(await budgets(), 2)
  const now = new Date(portal.program.now().getTime() + 49 * hours)
  await database.operator.transaction((tx) => forgetAddresses(tx, now))
  assert.equal(await budgets(), 0)
})
