import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { testDatabase } from '#test/database.ts'
import {
  customer,
  faults,
  importTime,
  type ImportTest,
  mailing,
  notice,
  openImportTest,
  testOperator,
} from '#test/import-file.ts'
import { importFiles } from './import.ts'

let world: ImportTest

before(async () => {
  world = await openImportTest()
})
after(() => world[Symbol.asyncDispose]())

test('a contract of another customer is refused, and nothing of the file is kept', async () => {
  const [victim, thief] = [customer('victim'), customer('thief')]
  await world.bring({ customers: [victim] })
  await assert.rejects(
    world.bring({ customers: [{ ...thief, contracts: victim.contracts }] }),
    faults([
      /:\d+: customers\[0\]\.contracts\[0\]\.number is a contract of another customer: N1\d+ of victim$/,
      /contracts\[1\]/,
    ]),
  )
  assert.deepEqual(await world.query(sql`select code from customer where code = 'thief'`), [])
})

test('a mail address of another customer is refused', async () => {
  const [victim, thief] = [customer('victim-2'), customer('thief-2')]
  await world.bring({ customers: [victim] })
  const users = [{ ...thief.users[0], mail: 'ＡＮＮＡ@victim-2.example'.normalize('NFKC') }]
  await assert.rejects(
    world.bring({ customers: [{ ...thief, users }] }),
    faults([/users\[0\]\.mail is a user of another customer$/]),
  )
})

test('a reference that leads nowhere is refused with its line', async () => {
  const acme = customer('lost')
  const [contract] = acme.contracts
  const wrong = {
    ...acme,
    contracts: [
      { ...contract, service: 'teleport' },
      { ...contract, number: 'N199999999', site: 'moon' },
    ],
  }
  await assert.rejects(
    world.bring({ customers: [wrong] }),
    faults([/service names no service: teleport$/, /site names no site of lost: moon$/]),
  )
  const users = [{ ...acme.users[0], groups: ['Phones', 'Nobody'] }]
  await assert.rejects(
    world.bring({ customers: [{ ...acme, users }] }),
    faults([/users\[0\]\.groups\[1\] names no group of lost: Nobody$/]),
  )
  const groups = [{ name: 'Phones', rights: { services: { teleport: 'view' }, contracts: { N1: 'edit' } } }]
  await assert.rejects(
    world.bring({ customers: [{ ...acme, groups }] }),
    faults([/rights\.services\.teleport names no service$/, /rights\.contracts\.N1 names no contract of lost$/]),
  )
})

test('orders, tickets and manuals name services and contracts that are there', async () => {
  const [acme, other] = [customer('asking'), customer('other')]
  await world.bring({ customers: [other] })
  const theirs = other.contracts[0]?.number
  const orders = acme.orders.map((order) => ({ ...order, service: 'teleport', contract: theirs }))
  await assert.rejects(
    world.bring({ customers: [{ ...acme, orders }] }),
    faults([
      /:\d+: customers\[0\]\.orders\[0\]\.service names no service: teleport$/,
      /orders\[0\]\.contract names no contract of asking: N1\d+$/,
    ]),
  )
  const tickets = [...acme.tickets, { ...acme.tickets[0], code: 'T-2', contract: theirs }]
  await assert.rejects(
    world.bring({ customers: [{ ...acme, tickets }] }),
    faults([/tickets\[1\]\.contract names no contract of asking: N1\d+$/]),
  )
  await assert.rejects(
    world.bring({ customers: [{ ...acme, tickets: [...acme.tickets, ...acme.tickets] }] }),
    faults([/tickets\[1\]\.code stands here for the second time: T-1$/]),
  )
  const manual = { code: 'M-9', title: { ja: 'あ', en: 'A' }, url: 'https://www.example.com/', updatedOn: '2026-11-01' }
  await assert.rejects(
    world.bring({ manuals: [manual, { ...manual, code: 'M-8', service: 'teleport' }] }),
    faults([/:\d+: manuals\[1\]\.service names no service: teleport$/]),
  )
})

test('a notice is never for others than in the beginning', async () => {
  const [acme, other] = [customer('told'), customer('overhearing')]
  await world.bring({ notices: [notice('public')], customers: [acme] })
  await assert.rejects(
    world.bring({ customers: [{ ...other, notices: acme.notices }] }),
    faults([/customers\[0\]\.notices\[0\]\.code is a notice for others: N-told$/]),
  )
  await assert.rejects(
    world.bring({ notices: acme.notices }),
    faults([/:\d+: notices\[0\]\.code is a notice for others: N-told$/]),
  )
  await assert.rejects(
    world.bring({ customers: [{ ...acme, notices: [notice('public')] }] }),
    faults([/notices\[0\]\.code is a notice for others: public$/]),
  )
  await assert.rejects(
    world.bring({ notices: [notice('both')], customers: [{ ...acme, notices: [notice('both')] }] }),
    faults([/customers\[0\]\.notices\[0\]\.code stands here for the second time: both$/]),
  )
})

test("a number that stands twice, or is not the operator's, or a contract that ends too early is refused", async () => {
  const acme = customer('numbered')
  const [contract] = acme.contracts
  await assert.rejects(
    world.bring({ customers: [{ ...acme, contracts: [contract, contract] }] }),
    faults([/contracts\[1\]\.number stands here for the second time/]),
  )
  await assert.rejects(
    world.bring({ customers: [{ ...acme, contracts: [{ ...contract, number: 'X1' }] }] }),
    faults([/does not fit the operator's pattern \^N\\d\{9\}\$$/]),
  )
  await assert.rejects(
    world.bring({ customers: [{ ...acme, contracts: [{ ...contract, endedOn: '2026-11-23' }] }] }),
    faults([/endedOn lies in the future/]),
  )
})

test('an operator without a name is refused with its line', async () => {
  for (const ja of ['', '　'])
    await assert.rejects(
      world.bring({ operator: { ...testOperator, name: { ja, en: 'Test Telecom' } } }),
      faults([/:4: operator\.name\.ja must not be empty/]),
    )
})

test('customers need an operator', async () => {
  await using empty = await testDatabase()
  const path = await world.write({ customers: [customer('early')] })
  await assert.rejects(
    importFiles(empty.operator, [path], { now: importTime, mailing, report: () => undefined }),
    faults([/:2: customers need an operator/]),
  )
})
