import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import type { Context } from '#features/actor.ts'
import { after as later, minutes } from '#platform/time/duration.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type Make, type MadeUser, makerOf, signIn } from '#test/make.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import { asSignedIn } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { listShortcuts, type Shortcuts } from './list.ts'
import { thingOfListing } from '#features/subjects/listings.ts'
import { mostLooks, noteLook } from './note-look.ts'
import { mostPins, setPin } from './set-pin.ts'
import { type Thing, thingKinds } from '#features/subjects/thing.ts'

let database: TestDatabase
let admin: pg.Pool
let portal: TestPortal
let make: Make

before(async () => {
  database = await testDatabase()
  admin = superuserOf(database)
  portal = await testPortal(database)
  make = makerOf(database)
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const browsers = new Map<string, Promise<TestBrowser>>()

/** Works as a user in one and the same session, in a transaction of its own. */
async function as<T>(user: MadeUser, work: (ctx: Context) => Promise<T>): Promise<T> {
  const browser = browsers.get(user.id) ?? signIn(portal, user)
  browsers.set(user.id, browser)
  return asSignedIn(portal, await browser, work)
}

interface World {
  user: MadeUser
  groupId: string
  contractId: string
  serviceId: string
  things: Thing[]
}

/** Somebody who may view one contract, or its service, and one thing of each kind about that contract. */
async function makeWorld(layer: 'contract' | 'service'): Promise<World> {
  const user = await make.user()
  const { customerId } = user
  const serviceId = await make.service({ name: 'Phone' })
  await admin.query(`update service set settings_name = '{"ja": "", "en": ""}' where id = $1`, [serviceId])
  const contractId = await make.contract({ customerId, serviceId })
  const right = layer === 'contract' ? { contractId } : { serviceId }
  const groupId = await make.group({ customerId, rights: [{ ...right, level: 'view' }], members: [user.id] })
  const things: Thing[] = [
    { kind: 'service', id: serviceId },
    { kind: 'settings-list', id: serviceId },
    { kind: 'contract', id: contractId },
    {
      kind: 'order',
      id: await insert(
        `contract_order (customer_id, service_id, contract_id, code, title_ja, title_en, state, ordered_on, updated_at)
        select customer_id, service_id, id, gen_random_uuid(), '', '', 'received', now(), now() from contract where id = $1`,
        contractId,
      ),
    },
    {
      kind: 'ticket',
      id: await insert(
        `ticket (customer_id, service_id, contract_id, code, title_ja, title_en, kind, state, opened_at, updated_at)
        select customer_id, service_id, id, gen_random_uuid(), '', '', 'fault', 'open', now(), now() from contract where id = $1`,
        contractId,
      ),
    },
    { kind: 'incident', id: await make.fault({ customerId, contractId }) },
    {
      kind: 'notice',
      id: await insert(
        `notice (customer_id, code, kind, title_ja, title_en, body_ja, body_en, published_at)
        values ($1, gen_random_uuid(), 'news', '', '', '', '', now() - interval '1 day')`,
        customerId,
      ),
    },
  ]
  return { user, groupId, contractId, serviceId, things: [...things, thingOfListing('contracts')] }
}

async function insert(row: string, about: string): Promise<string> {
  const { rows } = await admin.query<{ id: string }>(`insert into ${row} returning id`, [about])
  return rows[0]?.id ?? assert.fail('nothing was made')
}

const kindsOf = (things: readonly Thing[]): string[] =>
  thingKinds.filter((kind) => things.some((thing) => thing.kind === kind))

async function pinAll(ctx: Context, things: readonly Thing[]): Promise<unknown[]> {
  const outcomes: unknown[] = []
  for (const thing of things) {
    const { ok } = await setPin(ctx, { thing, isPinned: true })
    outcomes.push(ok)
  }
  return outcomes
}

const lookAtAll = async ({ tx, actor, now }: Context, things: readonly Thing[]): Promise<void> => {
  for (const thing of things) await noteLook(tx, actor, { thing, now })
}

for (const layer of ['contract', 'service'] as const) {
  test(`by a right on the ${layer}, things of every kind are pinned and remembered, and gone with the right`, async () => {
    const { user, groupId, things } = await makeWorld(layer)
    assert.deepEqual(
      await as(user, (ctx) => pinAll(ctx, things)),
      things.map(() => true),
    )
    await as(user, (ctx) => lookAtAll(ctx, things))
    const seen = await as(user, listShortcuts)
    assert.deepEqual(kindsOf(seen.pins), kindsOf(things))
    assert.deepEqual(kindsOf(seen.recents), kindsOf(things))
    await admin.query('delete from user_group_member where user_group_id = $1', [groupId])
    const left = await as(user, listShortcuts)
    // Notices and lists do not depend on groups.
    const free = ['notice', 'list']
    assert.deepEqual([kindsOf(left.pins), kindsOf(left.recents)], [free, free])
    const bound = things.filter(({ kind }) => !free.includes(kind))
    assert.deepEqual(
      await as(user, (ctx) => pinAll(ctx, bound)),
      bound.map(() => false),
    )
  })
}

test('users, groups and lists of administrators are pinned by administrators alone, while they are such', async () => {
  const administrator = await make.user({ role: 'portal-administrator' })
  const { customerId } = administrator
  const member = await make.user({ customerId, name: '伊藤 三郎' })
  const groupId = await make.group({ customerId, name: '営業部' })
  const things: Thing[] = [
    thingOfListing('users'),
    { kind: 'user', id: member.id },
    { kind: 'user-group', id: groupId },
  ]
  assert.deepEqual(await as(member, (ctx) => pinAll(ctx, things)), [false, false, false])
  const other = await make.user({ role: 'portal-administrator' })
  assert.deepEqual(await as(other, (ctx) => pinAll(ctx, things)), [true, false, false])
  assert.deepEqual(await as(administrator, (ctx) => pinAll(ctx, things)), [true, true, true])
  const { pins } = await as(administrator, listShortcuts)
  const named = Object.fromEntries(pins.map(({ address, name }) => [address, name.ja]))
  assert.deepEqual(named, { users: 'users', [member.id]: '伊藤 三郎', [groupId]: '営業部' })
  await admin.query(`update portal_user set state = 'deleted' where id = $1`, [member.id])
  assert.deepEqual(kindsOf((await as(administrator, listShortcuts)).pins), ['list', 'user-group'])
  await admin.query(`update portal_user set role = 'general-user' where id = $1`, [administrator.id])
  assert.deepEqual((await as(administrator, listShortcuts)).pins, [])
})

test('what another customer has can neither be pinned nor seen by a row that names it', async () => {
  const things = (await makeWorld('service')).things.filter(({ kind }) => kind !== 'list')
  const user = await make.user()
  await make.group({ customerId: user.customerId, rights: [{ level: 'edit' }], members: [user.id] })
  assert.deepEqual(
    await as(user, (ctx) => pinAll(ctx, things)),
    things.map(() => false),
  )
  for (const { kind, id } of things)
    await admin.query('insert into pin values ($1, $2, $3, $4, now())', [user.customerId, user.id, kind, id])
  await as(user, (ctx) => lookAtAll(ctx, things))
  assert.deepEqual(await as(user, listShortcuts), { pins: [], recents: [] })
})

test('an ended contract and an ended notice are gone, and names are those of now', async () => {
  const { user, contractId, serviceId, things } = await makeWorld('service')
  await as(user, (ctx) => pinAll(ctx, things))
  await admin.query(`update service set name_ja = '新しい名前' where id = $1`, [serviceId])
  const renamed = await as(user, listShortcuts)
  assert.equal(renamed.pins.find(({ kind }) => kind === 'service')?.name.ja, '新しい名前')
  await admin.query(`update notice set ends_at = now() - interval '1 minute' where customer_id = $1`, [user.customerId])
  await admin.query('update contract set ended_on = now() where id = $1', [contractId])
  const { pins } = await as(user, listShortcuts)
  // The orders and tickets of a contract outlive it.
  assert.deepEqual(kindsOf(pins), ['order', 'ticket', 'list'])
})

test(`of many at once, ${mostPins} are pinned, and one taken out makes room`, async () => {
  const user = await make.user()
  await make.group({ customerId: user.customerId, rights: [{ level: 'view' }], members: [user.id] })
  const serviceId = await make.service()
  const things: Thing[] = []
  for (let i = 0; i < mostPins + 6; i++)
    things.push({ kind: 'contract', id: await make.contract({ customerId: user.customerId, serviceId }) })
  const outcomes = await Promise.all(
    [0, 1, 2, 3].map((part) =>
      as(user, (ctx) =>
        pinAll(
          ctx,
          things.filter((_, at) => at % 4 === part),
        ),
      ),
    ),
  )
  assert.equal(outcomes.flat().filter(Boolean).length, mostPins)
  const { pins } = await as(user, listShortcuts)
  assert.equal(pins.length, mostPins)
  const [first] = pins
  assert(first)
  await as(user, (ctx) => setPin(ctx, { thing: first, isPinned: false }))
  const out = things.filter(({ id }) => !pins.some((pin) => pin.id === id))
  assert.deepEqual(await as(user, (ctx) => pinAll(ctx, out)), [true, ...out.slice(1).map(() => false)])
})

test(`the last ${mostLooks} things are remembered, each once, the latest first, and when the user changed them`, async () => {
  const user = await make.user()
  await make.group({ customerId: user.customerId, rights: [{ level: 'view' }], members: [user.id] })
  const serviceId = await make.service()
  const ids: string[] = []
  for (let i = 0; i < mostLooks + 2; i++) ids.push(await make.contract({ customerId: user.customerId, serviceId }))
  const other = await make.user({ customerId: user.customerId })
  const start = new Date()
  // The first once more at the end.
  for (const [at, id] of [...ids, ids[0] ?? ''].entries())
    await as(user, ({ tx, actor }) =>
      noteLook(tx, actor, { thing: { kind: 'contract', id }, now: later(start, at * minutes) }),
    )
  const changedAt = later(start, 1 * minutes)
  const record = (by: string, id: string | undefined): Promise<unknown> =>
    admin.query(
      `insert into change_history (customer_id, at, actor_id, actor_name, action, subject_kind, subject_id, subject_name)
       values ($1, $2, $3, '', 'contract-memo-changed', 'contract', $4, '')`,
      [user.customerId, changedAt, by, id],
    )
  await record(user.id, ids.at(-1))
  await record(other.id, ids.at(-2))
  const { recents }: Shortcuts = await as(user, listShortcuts)
  assert.deepEqual(
    recents.map(({ id }) => id),
    [ids[0], ...ids.slice(3).toReversed()],
  )
  assert.deepEqual(
    recents.map((recent) => recent.changedAt),
    [null, changedAt, ...recents.slice(2).map(() => null)],
  )
  const kept = await admin.query('select from look where user_id = $1', [user.id])
  assert.equal(kept.rowCount, mostLooks)
  assert.deepEqual(await as(other, listShortcuts), { pins: [], recents: [] })
})
