import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { findIncident } from '#features/incidents/find.ts'
import type { Telling } from '#features/incidents/tellings.ts'
import type { Database } from '#platform/database/database.ts'
import { asUser } from '#test/as-user.ts'
import type { MadeUser } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import {
  mailedTo,
  makeReader,
  makeToldCustomer,
  openToldWorld,
  putOne,
  takeTellings,
  tellAll,
  tellOnce,
  type ToldCustomer,
  wishMails,
} from '#test/told-world.ts'

const world = await openToldWorld()
after(() => world[Symbol.asyncDispose]())

interface Person {
  rights: { contract: number; isService: boolean }[]
  wishes: { contract: number; about: 'all' | 'service' | 'contract' }[]
}

const anyPerson: fc.Arbitrary<Person> = fc.record({
  rights: fc.array(fc.record({ contract: fc.nat(3), isService: fc.boolean() }), { maxLength: 2 }),
  wishes: fc.array(
    fc.record({ contract: fc.nat(3), about: fc.constantFrom('all' as const, 'service' as const, 'contract' as const) }),
    { maxLength: 2 },
  ),
})

async function makePerson({ customerId, contracts }: ToldCustomer, { rights, wishes }: Person): Promise<MadeUser> {
  const user = await world.make.user({ customerId })
  for (const { contract, isService } of rights) {
    const { id: contractId = '', serviceId = '' } = contracts[contract] ?? {}
    const right = { level: 'view' as const, ...(isService ? { serviceId } : { contractId }) }
    await world.make.group({ customerId, members: [user.id], rights: [right] })
  }
  for (const { contract, about } of wishes) {
    const { id = '', serviceId = '' } = contracts[contract] ?? {}
    await wishMails(world, user, about === 'all' ? {} : about === 'service' ? { service: serviceId } : { contract: id })
  }
  return user
}

/** In the words of the product: some contract of the fault is seen by a right, and wished by a wish. Contracts have two services in turn. */
function isTold({ rights, wishes }: Person, concerned: readonly number[]): boolean {
  const isOf = (one: number, other: number, isService: boolean): boolean =>
    isService ? one % 2 === other % 2 : one === other
  return concerned.some(
    (at) =>
      rights.some(({ contract, isService }) => isOf(contract, at, isService)) &&
      wishes.some(({ contract, about }) => about === 'all' || isOf(contract, at, about === 'service')),
  )
}

test('told is whoever may see one of its contracts and wishes to be told of that one, and nobody else', async () => {
  const check = async (people: Person[], concerned: number[]): Promise<void> => {
    const customer = await makeToldCustomer(world)
    const users: MadeUser[] = []
    for (const person of people) users.push(await makePerson(customer, person))
    const contracts = concerned.map((at) => customer.contracts[at]?.number ?? '')
    const incident = await putOne(world, customer, { contracts })
    await tellAll(world)
    const told = new Set((await mailedTo(world, customer)).map(({ user }) => user))
    for (const [at, person] of people.entries()) {
      const user = users[at] ?? assert.fail('a user for each')
      assert.equal(told.has(user.id), isTold(person, concerned))
      if (!told.has(user.id)) continue
      assert(await asUser(world.database, { user, now: world.now }, (_tx, _actor, ctx) => findIncident(ctx, incident)))
    }
  }
  const anyContracts = fc.subarray([0, 1, 2, 3], { minLength: 1 })
  await fc.assert(fc.asyncProperty(fc.array(anyPerson, { minLength: 1, maxLength: 4 }), anyContracts, check), {
    numRuns: runs({ usual: 10, many: 300 }),
  })
})

/** Many users who see all and wish all; made at once. */
async function makeCrowd({ customerId }: ToldCustomer, users: number): Promise<void> {
  const groupId = await world.make.group({ customerId, rights: [{ level: 'view' }] })
  await world.admin.query(
    `with u as (insert into portal_user (customer_id, mail, name, phone, role, second_factor, state)
       select $1, gen_random_uuid() || '@example.com', '', '', 'general-user', 'mail-otp', 'active' from generate_series(1, $3::integer)
       returning customer_id, id),
     m as (insert into user_group_member (customer_id, user_group_id, user_id) select customer_id, $2, id from u)
     insert into mail_wish (customer_id, user_id, topic, made_at) select customer_id, id, 'fault', now() from u`,
    [customerId, groupId, users],
  )
}

/** Is broken off at its transaction of that number: before its commit, or after it. */
function dying(at: number, isCommitted: boolean): Pick<Database, 'transaction'> {
  let left = at
  return {
    transaction: async (work) => {
      const dies = left-- === 0
      const done = await world.database.operator.transaction(async (tx) => {
        const value = await work(tx)
        if (dies && !isCommitted) throw new Error('killed')
        return value
      })
      if (dies) throw new Error('killed')
      return done
    },
  }
}

test('broken off at any moment and begun again, everybody is told once', async () => {
  const customer = await makeToldCustomer(world)
  const users = 650
  await makeCrowd(customer, users)
  const incident = await putOne(world, customer, { contracts: customer.contracts.map(({ number }) => number) })
  await takeTellings(world)
  const telling: Telling = { incident, kind: 'opened', number: 0 }
  for (const [at, isCommitted] of [
    [0, false],
    [0, true],
    [1, false],
    [1, true],
  ] as const)
    await assert.rejects(tellOnce(world, telling, dying(at, isCommitted)), /killed/)
  for (const each of [telling, telling]) await tellOnce(world, each)
  const counts = (await mailedTo(world, customer)).map(({ n }) => n)
  assert.deepEqual([counts.length, Math.max(...counts)], [users, 1])
})

test('whose address takes no mails is not told of what is wished for', async () => {
  const customer = await makeToldCustomer(world)
  const [reader, refusing] = [await makeReader(world, customer), await makeReader(world, customer)]
  await world.admin.query('update portal_user set mail_refused_at = now() where id = $1', [refusing.id])
  await putOne(world, customer, { contracts: [customer.contracts[0]?.number ?? ''] })
  await tellAll(world)
  assert.deepEqual(
    (await mailedTo(world, customer)).map(({ user }) => user),
    [reader.id],
  )
})

test('whoever has lost the right between the fault and the mail is not told', async () => {
  const customer = await makeToldCustomer(world)
  const reader = await makeReader(world, customer)
  await putOne(world, customer, { contracts: [customer.contracts[0]?.number ?? ''] })
  await world.admin.query('delete from user_group_member where user_id = $1', [reader.id])
  await tellAll(world)
  assert.deepEqual(await mailedTo(world, customer), [])
})
