import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { superuserOf } from '#test/superuser.ts'

let database: TestDatabase
let anna: MadeUser
let bob: MadeUser

before(async () => {
  database = await testDatabase()
  const make = makerOf(database)
  anna = await make.user()
  bob = await make.user()
})
after(() => database[Symbol.asyncDispose]())

async function versionOf({ customerId, id }: MadeUser): Promise<number> {
  const admin = superuserOf(database)
  const { rows } = await admin.query<{ version: string }>(
    `select coalesce(sum(raised), 0) as version from version_slot where owner_id in ($1, $2, owner_of_all())`,
    [customerId, id],
  )
  await admin.end()
  return Number(rows[0]?.version)
}

const work = <T>(change: (tx: Transaction) => Promise<T>): Promise<T> => database.operator.transaction(change)

/** A change of a site of the customer, each with a row of its own. */
const addSite = ({ customerId }: MadeUser): RawBuilder<unknown> =>
  sql`insert into site (customer_id, code, name) values (${customerId}, gen_random_uuid(), '')`

test('a version is raised once by whoever commits, and not by who rolls back, as a whole or to a savepoint', async () => {
  const earlier = await versionOf(anna)
  await work(async (tx) => {
    for (let change = 0; change < 3; change++) await addSite(anna).execute(tx)
  })
  assert.equal(await versionOf(anna), earlier + 1)
  const undone = work(async (tx) => {
    await addSite(anna).execute(tx)
    throw new Error('undone')
  })
  await assert.rejects(undone, /undone/)
  assert.equal(await versionOf(anna), earlier + 1)
  await work(async (tx) => {
    await sql`savepoint change`.execute(tx)
    await addSite(anna).execute(tx)
    await sql`rollback to savepoint change`.execute(tx)
  })
  assert.equal(await versionOf(anna), earlier + 1)
  await work(async (tx) => {
    await sql`savepoint change`.execute(tx)
    await addSite(anna).execute(tx)
    await sql`rollback to savepoint change`.execute(tx)
    await addSite(anna).execute(tx)
  })
  assert.equal(await versionOf(anna), earlier + 2)
})

test('the versions of others stay, and what belongs to everybody raises all', async () => {
  const earlier = [await versionOf(anna), await versionOf(bob)]
  await work((tx) => addSite(bob).execute(tx))
  assert.deepEqual([await versionOf(anna), await versionOf(bob)], [earlier[0], Number(earlier[1]) + 1])
  await work((tx) => sql`update operator set slogan_ja = slogan_ja`.execute(tx))
  assert.deepEqual([await versionOf(anna), await versionOf(bob)], [Number(earlier[0]) + 1, Number(earlier[1]) + 2])
})

test('who has raised a version and is not done yet keeps nobody waiting', async () => {
  const earlier = await versionOf(anna)
  await work(async (first) => {
    await addSite(anna).execute(first)
    await work(async (second) => {
      await sql`set local lock_timeout = 1`.execute(second)
      await addSite(anna).execute(second)
    })
    assert.equal(await versionOf(anna), earlier + 1)
  })
  assert.equal(await versionOf(anna), earlier + 2)
})

test('changes of many at once, each of several owners in an order of its own, neither meet in a deadlock nor lose one', async () => {
  const earlier = [await versionOf(anna), await versionOf(bob)]
  const changes = runs({ usual: 200, many: 10_000 })
  let done = 0
  const change = async (): Promise<void> => {
    while (done++ < changes) {
      const order = randomInt(2) === 0 ? [anna, bob] : [bob, anna]
      await work(async (tx) => {
        for (const owner of order) await addSite(owner).execute(tx)
      })
    }
  }
  await Promise.all(Array.from({ length: 4 }, change))
  assert.deepEqual(
    [await versionOf(anna), await versionOf(bob)],
    earlier.map((version) => version + changes),
  )
})
