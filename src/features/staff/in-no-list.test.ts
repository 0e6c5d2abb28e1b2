import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listCustomers } from '#features/customers/list.ts'
import { enterCustomer } from '#features/customers/enter.ts'
import { listUsersOfAll } from '#features/users/list-of-all.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { signInStaff } from '#test/staff.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { portalPages } from '#sites/portal/portal.tsx'

// A planted member of the house: no list, file, search or figure over customers may name it.

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
let planted: MadeUser
let console: TestBrowser
let administrator: TestBrowser

before(async () => {
  planted = await make.staff({ roles: ['support', 'security'] })
  console = await signInStaff(portal, planted)
  const customer = await make.user({ role: 'portal-administrator' })
  await make.group({ customerId: customer.customerId, rights: [{ level: 'edit' }], members: [customer.id] })
  administrator = await signIn(portal, customer)
})
after(() => database[Symbol.asyncDispose]())

const names = (): string[] => [planted.name, planted.mail, planted.id, '(house)']

function assertUnnamed(text: string, where: string): void {
  for (const name of names()) assert(!text.includes(name), `${where} names ${name}`)
}

test('the operator’s lists and the import know no house', async () => {
  await database.operator.transaction(async (tx) => {
    assertUnnamed(JSON.stringify([await listCustomers(tx), await listUsersOfAll(tx)]), 'a list of the operator')
    assert.deepEqual(await listCustomers(tx, '(house)'), [])
    assert.equal((await enterCustomer({ tx, now: new Date() }, '(house)')).ok, false)
  })
})

test('no page, file or search of a customer names it', async () => {
  for (const { path, methods, kind } of portalPages) {
    if (path.includes(':') || !methods.includes('GET') || kind === 'picture') continue
    assertUnnamed((await administrator.get(path)).body, path)
  }
  for (const keyword of [planted.mail, planted.name])
    assertUnnamed(
      (await administrator.get(`/search?q=${encodeURIComponent(keyword)}`)).body.replaceAll(keyword, ''),
      `a search for ${keyword}`,
    )
})

test('nor does a search of the console, nor a customer’s page there, and the queues do not count it', async () => {
  for (const keyword of [planted.mail, planted.name, 'house']) {
    const { body } = await console.get(`/search?q=${encodeURIComponent(keyword)}`)
    assert(!body.includes(planted.id) && !body.includes('class="hits"'), keyword)
  }
  assert.equal((await console.get(`/customers/${planted.customerId}`)).status, 404)
})
