import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { findIncident } from '#features/incidents/find.ts'
import { asUser } from '#test/as-user.ts'
import type { MadeUser } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { mailedTo, makeToldCustomer, openToldWorld, tellAll, type ToldCustomer, wishMails } from '#test/told-world.ts'
import { putOutages } from './put.ts'
import { findReach, findExtent } from './reach.ts'

const world = await openToldWorld()
after(() => world[Symbol.asyncDispose]())

interface Rule {
  contract: number
  about: 'all' | 'service' | 'contract'
}
interface Person {
  isActive: boolean
  rights: Rule[]
  wishes: (Rule | { contract: number; about: 'site' })[]
}

const contract = fc.nat(3)
const anyPerson: fc.Arbitrary<Person> = fc.record({
  isActive: fc.boolean(),
  rights: fc.array(
    fc.record({ contract, about: fc.constantFrom('all' as const, 'service' as const, 'contract' as const) }),
    { maxLength: 3 },
  ),
  wishes: fc.array(
    fc.record({
      contract,
      about: fc.constantFrom('all' as const, 'service' as const, 'site' as const, 'contract' as const),
    }),
    { maxLength: 3 },
  ),
})

async function makePerson(customer: ToldCustomer, person: Person): Promise<MadeUser> {
  const { customerId, contracts } = customer
  const user = await world.make.user({ customerId, state: person.isActive ? 'active' : 'suspended' })
  for (const { contract: at, about } of person.rights) {
    const { id: contractId = '', serviceId = '' } = contracts[at] ?? {}
    const of = { all: {}, service: { serviceId }, contract: { contractId } }[about]
    await world.make.group({ customerId, members: [user.id], rights: [{ level: 'view', ...of }] })
  }
  for (const { contract: at, about } of person.wishes) {
    const { id = '', serviceId = '' } = contracts[at] ?? {}
    if (about === 'site') await wishSite(user, id)
    else await wishMails(world, user, { all: {}, service: { service: serviceId }, contract: { contract: id } }[about])
  }
  return user
}

async function wishSite({ id, customerId }: MadeUser, contractId: string): Promise<void> {
  await world.admin.query(
    `insert into mail_wish (customer_id, user_id, topic, site_id, made_at)
     select $1, $2, topic, k.site_id, now() from contract k, unnest(array['fault', 'works']) topic where k.id = $3 on conflict do nothing`,
    [customerId, id, contractId],
  )
}

/** Two sites, of which the second has the last contract alone. */
async function makeCustomer(): Promise<ToldCustomer> {
  const customer = await makeToldCustomer(world)
  for (const [code, at] of [
    ['one', [0, 1, 2]],
    ['two', [3]],
  ] as const)
    await world.admin.query(
      `with made as (insert into site (customer_id, code, name) values ($1, $2, $2) returning id)
       update contract set site_id = made.id from made where contract.id = any($3)`,
      [customer.customerId, code, at.map((index) => customer.contracts[index]?.id)],
    )
  return customer
}

let made = 0

interface Case {
  /** Of either customer. */
  people: Person[][]
  concerned: number[][]
}

test('whom a draft would reach is who sees it and who is mailed once it is published', async () => {
  const ofBoth = <T>(one: fc.Arbitrary<T>, other = one): fc.Arbitrary<T[]> => fc.tuple(one, other).map((both) => both)
  const anyCase = fc.record({
    people: ofBoth(fc.array(anyPerson, { maxLength: 3 })),
    concerned: ofBoth(fc.subarray([0, 1, 2, 3], { minLength: 1 }), fc.subarray([0, 1, 2, 3])),
  })
  await fc.assert(fc.asyncProperty(anyCase, checkReach), { numRuns: runs({ usual: 15, many: 1_000 }) })
})

async function checkReach({ people, concerned }: Case): Promise<void> {
  const customers = [await makeCustomer(), await makeCustomer()]
  const users: MadeUser[][] = []
  for (const [at, customer] of customers.entries()) {
    const own: MadeUser[] = []
    for (const person of people[at] ?? []) own.push(await makePerson(customer, person))
    users.push(own)
  }
  const contracts = customers.flatMap((customer, at) =>
    (concerned[at] ?? []).map((index) => customer.contracts[index]?.number ?? ''),
  )
  const { now } = world
  const affects = { contracts }
  const reach = await world.database.operator.transaction((tx) => findReach({ tx, now }, { affects, kind: 'fault' }))
  const outage = await publish(contracts)
  for (const [at, customer] of customers.entries()) {
    const active = (users[at] ?? []).filter((_user, index) => people[at]?.[index]?.isActive)
    const told = reach.largest.find(({ id }) => id === customer.customerId)
    assert.equal(told?.contracts ?? 0, concerned[at]?.length)
    assert.equal(told?.users ?? 0, await countSeeing(outage, customer, active))
    assert.equal(told?.mailed ?? 0, (await mailedTo(world, customer)).length)
  }
  const sum = (of: 'users' | 'mailed' | 'contracts'): number =>
    reach.largest.reduce((total, customer) => total + customer[of], 0)
  assert.deepEqual(
    [reach.contracts, reach.users, reach.mailed, reach.customers],
    [sum('contracts'), sum('users'), sum('mailed'), reach.largest.length],
  )
}

/** Lets it come to whom it concerns, and tells them. */
async function publish(contracts: string[]): Promise<string> {
  const { now } = world
  const time = now.toISOString()
  const title = { ja: '発着信ができない', en: 'No calls' }
  const entry = {
    code: `R-${++made}`,
    kind: 'fault' as const,
    title,
    affects: { contracts },
    startsAt: time,
    updatedAt: time,
  }
  const put = await world.database.operator.transaction((tx) => putOutages({ tx, now }, [entry]))
  assert(put.ok)
  await tellAll(world)
  return put.value[0]?.id ?? ''
}

async function countSeeing(outage: string, { customerId }: ToldCustomer, users: readonly MadeUser[]): Promise<number> {
  const { rows } = await world.admin.query<{ id: string }>(
    'select id from incident where outage_id = $1 and customer_id = $2',
    [outage, customerId],
  )
  let seeing = 0
  for (const user of users) {
    const found = await asUser(world.database, { user, now: world.now }, (_tx, _actor, ctx) =>
      findIncident(ctx, rows[0]?.id ?? user.id),
    )
    if (found) seeing++
  }
  return seeing
}

test('what another scope would change is told beside whom it touches', async () => {
  const [one, other] = [await makeCustomer(), await makeCustomer()]
  const number = ({ contracts }: ToldCustomer, at: number): string => contracts[at]?.number ?? ''
  const { now } = world
  const time = now.toISOString()
  const put = await world.database.operator.transaction((tx) =>
    putOutages({ tx, now }, [
      {
        code: 'R-spread',
        kind: 'works',
        title: { ja: '更改', en: 'Renewal' },
        affects: { contracts: [number(one, 0), number(one, 1)] },
        startsAt: time,
        updatedAt: time,
      },
    ]),
  )
  assert(put.ok)
  const id = put.value[0]?.id ?? ''
  const spread = await world.database.operator.transaction((tx) =>
    findExtent({ tx }, { id, affects: { contracts: [number(one, 1), number(other, 0), number(other, 1)] } }),
  )
  assert.deepEqual(spread, { contracts: 3, customers: 2, coming: 2, leaving: 1, touched: 2 })
})

const all = { contract: 0, about: 'all' as const }
const seesAll = (customer: ToldCustomer): Promise<MadeUser> =>
  makePerson(customer, { isActive: true, rights: [all], wishes: [all] })

test('once it is published, to be mailed is who was not told of it, where contracts come to it', async () => {
  const [one, other, third] = [await makeCustomer(), await makeCustomer(), await makeCustomer()]
  for (const customer of [one, other, third]) await seesAll(customer)
  const number = ({ contracts }: ToldCustomer, at: number): string => contracts[at]?.number ?? ''
  const outage = await publish([number(one, 0), number(third, 0)])
  await seesAll(one)
  const affects = { contracts: [number(one, 0), number(one, 1), number(other, 0), number(third, 0)] }
  const reach = (published?: string) =>
    world.database.staff.transaction((tx) => findReach({ tx, now: world.now }, { affects, kind: 'fault', published }))
  assert.equal((await reach()).mailed, 4)
  // The one of another customer, and the one who came later: nothing comes to the third customer.
  assert.equal((await reach(outage)).mailed, 2)
})
