import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { findOrder } from '#features/orders/find.ts'
import type { OrderEntry } from '#features/orders/entry.ts'
import { putOrders } from '#features/orders/put.ts'
import type { OrderTelling } from '#features/orders/tellings.ts'
import type { Database } from '#platform/database/database.ts'
import { asUser } from '#test/as-user.ts'
import type { MadeUser } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { testSecrets, testUrl } from '#test/portal.ts'
import { makeToldCustomer, mailedTo, newestMail, openToldWorld, type ToldCustomer } from '#test/told-world.ts'
import { tellOfOrder } from './tell-order.ts'

const world = await openToldWorld()
after(() => world[Symbol.asyncDispose]())

/** Puts one order, of the first contract unless told. Answers its id. */
async function put(customer: ToldCustomer, entry: Partial<OrderEntry> = {}): Promise<string> {
  const { customerId, contracts } = customer
  const about = { service: await codeOf(contracts[0]?.serviceId ?? ''), contract: contracts[0]?.number }
  const title = { ja: '内線の追加', en: 'More extensions' }
  const usual = {
    code: 'A-1',
    title,
    state: 'received' as const,
    orderedOn: '2026-11-20',
    updatedAt: world.now.toISOString(),
  }
  const made = await world.database.operator.transaction((tx) =>
    putOrders({ tx, now: world.now, customer: { id: customerId, code: 'x' } }, [{ ...usual, ...about, ...entry }]),
  )
  assert(made.ok, JSON.stringify(made))
  return made.value[0]?.id ?? ''
}

async function codeOf(serviceId: string): Promise<string> {
  const { rows } = await world.admin.query<{ code: string }>('select code from service where id = $1', [serviceId])
  return rows[0]?.code ?? ''
}

/** The jobs that wait to tell of orders: they are taken from the queue. */
async function takeTellings(): Promise<OrderTelling[]> {
  const { rows } = await world.admin.query<{ payload: OrderTelling }>(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
     where t.id = j.task_id and t.identifier = 'tell-order' returning j.payload`,
  )
  return rows.map(({ payload }) => payload)
}

function tellOnce(
  telling: OrderTelling,
  through: Pick<Database, 'transaction'> = world.database.operator,
): Promise<void> {
  // Nothing else of it is used.
  const database = through as Database
  return tellOfOrder({ database, secrets: testSecrets, portalUrl: testUrl, now: () => world.now }, telling)
}

async function tellAll(): Promise<void> {
  for (const telling of await takeTellings()) await tellOnce(telling)
}

interface About {
  service?: string | undefined
  contract?: string | undefined
}

async function wish({ id, customerId }: MadeUser, { service, contract }: About = {}): Promise<void> {
  await world.admin.query(
    `insert into mail_wish (customer_id, user_id, topic, service_id, contract_id, made_at) values ($1, $2, 'order', $3, $4, now())
     on conflict do nothing`,
    [customerId, id, service ?? null, contract ?? null],
  )
}

async function makeReader({ customerId, contracts }: ToldCustomer): Promise<MadeUser> {
  const user = await world.make.user({ customerId })
  const right = { contractId: contracts[0]?.id ?? '', level: 'view' as const }
  await world.make.group({ customerId, members: [user.id], rights: [right] })
  await wish(user)
  return user
}

const timesTold = async (customer: ToldCustomer): Promise<number> =>
  (await mailedTo(world, customer)).reduce((sum, { n }) => sum + n, 0)

/** Of the contracts, which have two services in turn; -1: all. */
interface Rule {
  at: number
  isService: boolean
}
const anyRule: fc.Arbitrary<Rule> = fc.record({ at: fc.integer({ min: -1, max: 3 }), isService: fc.boolean() })

/** In the words of the product: a rule for all, for the service of the order, or for its contract. */
function covers({ at, isService }: Rule, { contract, service }: { contract: number | null; service: number }): boolean {
  if (at === -1) return true
  return isService ? at % 2 === service : at === contract
}

test('told is whoever may see the order and wishes to be told of it, and nobody else', async () => {
  const check = async (people: { right: Rule; wish: Rule }[], contract: number | null): Promise<void> => {
    const customer = await makeToldCustomer(world)
    const of = ({ at, isService }: Rule) => {
      const { id = '', serviceId = '' } = customer.contracts[at] ?? {}
      return at === -1 ? {} : isService ? { service: serviceId } : { contract: id }
    }
    const users: MadeUser[] = []
    for (const { right, wish: wished } of people) {
      const user = await world.make.user({ customerId: customer.customerId })
      const { service, contract: contractId } = of(right) as About
      const rule = { ...(service && { serviceId: service }), ...(contractId && { contractId }), level: 'view' as const }
      await world.make.group({ customerId: customer.customerId, members: [user.id], rights: [rule] })
      await wish(user, of(wished))
      users.push(user)
    }
    const service = (contract ?? 0) % 2
    const id = await put(customer, {
      contract: contract === null ? undefined : customer.contracts[contract]?.number,
      service: await codeOf(customer.contracts[service]?.serviceId ?? ''),
    })
    await tellAll()
    const told = new Set((await mailedTo(world, customer)).map(({ user }) => user))
    for (const [at, { right, wish: wished }] of people.entries()) {
      const user = users[at] ?? assert.fail('a user for each')
      const isSeen = covers(right, { contract, service })
      assert.equal(told.has(user.id), isSeen && covers(wished, { contract, service }))
      const found = await asUser(world.database, { user, now: world.now }, (_tx, _actor, ctx) => findOrder(ctx, id))
      assert.equal(found !== undefined, isSeen)
    }
  }
  const anyPeople = fc.array(fc.record({ right: anyRule, wish: anyRule }), { minLength: 1, maxLength: 4 })
  const anyContract = fc.option(fc.nat(3))
  await fc.assert(fc.asyncProperty(anyPeople, anyContract, check), { numRuns: runs({ usual: 8, many: 400 }) })
})

test('an order is told when it begins, moves, gets another day or its opening; not when nothing of that has changed', async () => {
  const customer = await makeToldCustomer(world)
  const reader = await makeReader(customer)
  const counts: number[] = []
  const step = async (entry: Partial<OrderEntry>): Promise<void> => {
    await put(customer, entry)
    await tellAll()
    counts.push(await timesTold(customer))
  }
  await step({})
  await step({})
  await step({ title: { ja: '内線10番号の追加', en: 'Ten more extensions' } })
  await step({ steps: [{ state: 'constructing', day: '2026-12-04' }] })
  await step({ deliveryOn: '2026-12-10' })
  await step({ deliveryOn: '2026-12-10', state: 'ready' })
  await step({ deliveryOn: '2026-12-10', state: 'completed', opening: { ja: '秘密の番号は1234です。' } })
  assert.deepEqual(counts, [1, 1, 1, 1, 2, 3, 4])
  const { subject, text, unsubscribeUrl } = await newestMail(world, reader)
  assert.equal(subject, '【申込状況更新通知：完了】内線の追加（A-1）')
  assert.match(text, /提供予定日：2026\/12\/10\n[\s\S]*開通案内があります。/)
  // It may be read by others.
  assert(!text.includes('1234'))
  assert(unsubscribeUrl?.startsWith('https://portal.example.jp/unsubscribe?key='))
})

test('who has asked for it is told once that it was accepted, by the mail of the request, and of all that follows', async () => {
  const customer = await makeToldCustomer(world)
  const [asker, reader] = [await makeReader(customer), await makeReader(customer)]
  const id = await put(customer)
  await world.admin.query(
    `insert into order_request (customer_id, code, service_id, contract_id, kind, title_ja, title_en, form, answers, state, asked_by,
       asked_by_name, asked_at, updated_at, order_id, answered_by, answered_at)
     select customer_id, 'R0000001', service_id, contract_id, 'change', '', '', '{}', '{}', 'accepted', $2, '', now(), now(), id, 'S-0001', now()
     from contract_order where id = $1`,
    [id, asker.id],
  )
  await tellAll()
  const told = async () => (await mailedTo(world, customer)).map(({ user, n }) => [user, n])
  assert.deepEqual(await told(), [[reader.id, 1]])
  await put(customer, { state: 'surveying' })
  await tellAll()
  assert.deepEqual(
    new Map((await told()) as [string, number][]),
    new Map([
      [asker.id, 1],
      [reader.id, 2],
    ]),
  )
})

test('what has moved twice is told once, as it is; and of what was over from the beginning nobody is told', async () => {
  const customer = await makeToldCustomer(world)
  const reader = await makeReader(customer)
  await put(customer, {})
  const [former] = await takeTellings()
  await put(customer, { state: 'surveying' })
  await put(customer, { state: 'constructing' })
  await tellOnce(former ?? assert.fail('a telling'))
  assert.equal(await timesTold(customer), 0)
  const latter = await takeTellings()
  assert.equal(latter.length, 1)
  for (const telling of [...latter, ...latter]) await tellOnce(telling)
  assert.equal(await timesTold(customer), 1)
  assert.match((await newestMail(world, reader)).text, /進捗状況：工事/)
  await put(customer, { code: 'A-2', state: 'completed' })
  assert.deepEqual(await takeTellings(), [])
})

test('it is told in the language of whoever reads it, and to nobody who has lost the right meanwhile', async () => {
  const customer = await makeToldCustomer(world)
  const [reader, former] = [await makeReader(customer), await makeReader(customer)]
  await world.admin.query(`update portal_user set mail_language = 'en' where id = $1`, [reader.id])
  await put(customer, {})
  await world.admin.query('delete from user_group_member where user_id = $1', [former.id])
  await tellAll()
  assert.deepEqual(
    (await mailedTo(world, customer)).map(({ user }) => user),
    [reader.id],
  )
  const { subject, text } = await newestMail(world, reader)
  assert.equal(subject, '[Order update: Received] More extensions (A-1)')
  assert.match(text, /Delivery date: Not yet set\n/)
})

test('broken off and begun again, everybody is told once', async () => {
  const customer = await makeToldCustomer(world)
  const groupId = await world.make.group({ customerId: customer.customerId, rights: [{ level: 'view' }] })
  const users = 450
  await world.admin.query(
    `with u as (insert into portal_user (customer_id, mail, name, phone, role, second_factor, state)
       select $1, gen_random_uuid() || '@example.com', '', '', 'general-user', 'mail-otp', 'active' from generate_series(1, $3::integer)
       returning customer_id, id),
     m as (insert into user_group_member (customer_id, user_group_id, user_id) select customer_id, $2, id from u)
     insert into mail_wish (customer_id, user_id, topic, made_at) select customer_id, id, 'order', now() from u`,
    [customer.customerId, groupId, users],
  )
  await put(customer, {})
  const [telling = assert.fail('a telling')] = await takeTellings()
  let left = 1
  const dying: Pick<Database, 'transaction'> = {
    transaction: (work) =>
      world.database.operator.transaction(async (tx) => {
        const value = await work(tx)
        if (left-- === 0) throw new Error('killed')
        return value
      }),
  }
  await assert.rejects(tellOnce(telling, dying), /killed/)
  await tellOnce(telling)
  const counts = (await mailedTo(world, customer)).map(({ n }) => n)
  assert.deepEqual([counts.length, Math.max(...counts)], [users, 1])
})
