import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from './paths.ts'

/** Somebody with a contract that nobody else may see, of a customer with others. */
interface Reader {
  user: MadeUser
  browser: TestBrowser
  contract: string
}

let database: TestDatabase
let portal: TestPortal
const readers: Reader[] = []

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  const make = makerOf(database)
  const serviceId = await make.service()
  for (let customers = 0; customers < runs({ usual: 4, many: 10 }); customers++) {
    const customerId = await make.customer()
    for (let users = 0; users < 5; users++) {
      const user = await make.user({ customerId, name: `reader-${readers.length}-` })
      const contract = `contract-${readers.length}-`
      const contractId = await make.contract({ customerId, serviceId, number: contract })
      await make.group({ customerId, rights: [{ contractId, level: 'view' }], members: [user.id] })
      readers.push({ user, contract, browser: await signIn(portal, user) })
    }
  }
})
after(() => database[Symbol.asyncDispose]())

const oneOf = <T>(all: readonly T[]): T => all[randomInt(all.length)] ?? assert.fail('none')

/** Shows somebody one of their pages, and nothing of anybody else's. */
async function look({ user, contract, browser }: Reader): Promise<void> {
  const page = oneOf([paths.serviceMenu, paths.contracts, `${paths.contracts}?q=contract-`, paths.notices])
  const { status, body } = await browser.get(page)
  assert.equal(status, 200)
  const names = [...body.matchAll(/reader-\d+-|contract-\d+-/g)].map(([name]) => name)
  assert(names.includes(user.name), page)
  assert.deepEqual(
    names.filter((name) => name !== user.name && name !== contract),
    [],
    page,
  )
}

test('readers who ask all at once, while their rights change, are each shown their own', async () => {
  let left = runs({ usual: 600, many: 20_000 })
  const ask = async (): Promise<void> => {
    while (left-- > 0) {
      const reader = oneOf(readers)
      if (left % 10 === 0)
        await database.operator.transaction((tx) =>
          sql`update user_group_right set level = level where customer_id = ${reader.user.customerId}`.execute(tx),
        )
      await look(reader)
    }
  }
  await Promise.all(Array.from({ length: 16 }, ask))
})
