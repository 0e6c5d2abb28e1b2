import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { testDatabase } from '#test/database.ts'
import { customer, faults, importTime, type ImportTest, openImportTest } from '#test/import-file.ts'
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
      /:\d+: customers\[0\]\.contracts\[0\]\.number is a contract of another customer: N1\d+$/,
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

test('customers need an operator', async () => {
  await using empty = await testDatabase()
  const path = await world.write({ customers: [customer('early')] })
  await assert.rejects(
    importFiles(empty.operator, [path], { now: importTime, report: () => undefined }),
    faults([/:2: customers need an operator/]),
  )
})
