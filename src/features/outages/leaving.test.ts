import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { after as later, minutes } from '#platform/time/duration.ts'
import type { MadeUser } from '#test/make.ts'
import { editorOf, spreadAll } from '#test/outages.ts'
import {
  mailedTo,
  makeToldCustomer,
  newestMail,
  openToldWorld,
  putOne,
  tellAll,
  takeTellings,
  tellOnce,
  type ToldCustomer,
  wishMails,
} from '#test/told-world.ts'
import { endOutage } from './edit.ts'
import type { OutageEditor } from './editor.ts'
import { publishOutage } from './publish.ts'
import { putOutages } from './put.ts'
import { setAffects } from './set-affects.ts'

const world = await openToldWorld()
after(() => world[Symbol.asyncDispose]())

const numberAt = ({ contracts }: ToldCustomer, at: number): string => contracts[at]?.number ?? ''

/** Somebody who sees these contracts and wishes to be told of all. */
async function readerOf({ customerId, contracts }: ToldCustomer, seen: number[]): Promise<MadeUser> {
  const user = await world.make.user({ customerId })
  const rights = seen.map((at) => ({ contractId: contracts[at]?.id ?? '', level: 'view' as const }))
  await world.make.group({ customerId, members: [user.id], rights })
  await wishMails(world, user)
  return user
}

async function putFault(code: string, contracts: string[]): Promise<string> {
  const { now } = world
  const title = { ja: '発着信ができない', en: 'No calls' }
  const times = { startsAt: later(now, -minutes).toISOString(), updatedAt: now.toISOString() }
  const made = await world.database.operator.transaction((tx) =>
    putOutages({ tx, now }, [{ code, kind: 'fault', title, affects: { contracts }, ...times }]),
  )
  assert(made.ok)
  await tellAll(world)
  return made.value[0]?.id ?? ''
}

const asEditor = <T>(work: (ctx: OutageEditor) => Promise<T>): Promise<T> =>
  world.database.operator.transaction((tx) => work(editorOf(tx, world.now)))

async function versionOf(id: string): Promise<number> {
  const { rows } = await world.admin.query<{ version: number }>('select version from outage where id = $1', [id])
  return rows[0]?.version ?? 0
}

async function narrow(id: string, contracts: string[]): Promise<void> {
  const edit = async () => ({ id, version: await versionOf(id) })
  const first = await edit()
  assert((await asEditor((ctx) => setAffects(ctx, first, { contracts, keepsNumbers: false }))).ok)
  const second = await edit()
  assert((await asEditor((ctx) => publishOutage(ctx, second))).ok)
  await spreadAll(world.database, world.now)
}

const kindsOf = async (customer: ToldCustomer, { id }: MadeUser): Promise<string[]> =>
  (await mailedTo(world, customer)).filter(({ user }) => user === id).map(({ kind, n }) => `${kind} ${n}`)

test('who sees a contract that was taken out of a fault is told so once, with its number and nothing more of it; the others are not', async () => {
  const customer = await makeToldCustomer(world)
  const [first, second, both, none] = [
    await readerOf(customer, [0]),
    await readerOf(customer, [1]),
    await readerOf(customer, [0, 1]),
    await readerOf(customer, [3]),
  ]
  const id = await putFault('L-1', [numberAt(customer, 0), numberAt(customer, 1)])
  world.now = later(world.now, minutes)
  await narrow(id, [numberAt(customer, 0)])
  const tellings = await takeTellings(world)
  // However often the worker is broken off.
  for (const telling of [...tellings, ...tellings]) await tellOnce(world, telling)
  assert.deepEqual(await kindsOf(customer, first), ['opened 1'])
  assert.deepEqual(await kindsOf(customer, second), ['left 1', 'opened 1'])
  assert.deepEqual(await kindsOf(customer, both), ['left 1', 'opened 1'])
  assert.deepEqual(await kindsOf(customer, none), [])
  const { subject, text } = await newestMail(world, both)
  assert.match(subject, /【影響なし】/)
  assert(text.includes(numberAt(customer, 1)) && !text.includes(numberAt(customer, 0)))
  assert.doesNotMatch(text, /次回のご案内/)
  const edit = { id, version: await versionOf(id), kind: 'fault' as const }
  assert((await asEditor((ctx) => endOutage(ctx, edit, { endsAt: world.now, cause: null }))).ok)
  await spreadAll(world.database, world.now)
  await tellAll(world)
  assert.deepEqual(await kindsOf(customer, second), ['left 1', 'opened 1'])
  assert.deepEqual(await kindsOf(customer, first), ['ended 1', 'opened 1'])
})

test('one that comes back and leaves again is told anew', async () => {
  const customer = await makeToldCustomer(world)
  const reader = await readerOf(customer, [1])
  const both = [numberAt(customer, 0), numberAt(customer, 1)]
  const id = await putFault('L-2', both)
  for (let round = 0; round < 2; round++) {
    world.now = later(world.now, minutes)
    await narrow(id, both.slice(0, 1))
    await tellAll(world)
    world.now = later(world.now, minutes)
    await narrow(id, both)
    await tellAll(world)
  }
  assert.deepEqual(await kindsOf(customer, reader), ['left 2', 'opened 1'])
})

test('so it is where a file takes a contract out of a fault of one customer', async () => {
  const customer = await makeToldCustomer(world)
  const reader = await readerOf(customer, [1])
  await putOne(world, customer, { contracts: [numberAt(customer, 0), numberAt(customer, 1)] })
  await tellAll(world)
  world.now = later(world.now, minutes)
  await putOne(world, customer, { contracts: [numberAt(customer, 0)] })
  await tellAll(world)
  assert.deepEqual(await kindsOf(customer, reader), ['left 1', 'opened 1'])
})
