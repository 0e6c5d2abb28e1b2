import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { sendHeldNotices } from '#features/first-login/send-held-notices.ts'
import { customer, importTime, type ImportTest, mailing, openImportTest, testOperator } from '#test/import-file.ts'
import { importFiles } from './import.ts'

let world: ImportTest

before(async () => {
  world = await openImportTest()
})
after(() => world[Symbol.asyncDispose]())

test('users and groups that the customer has added are not missed each time', async () => {
  const acme = customer('adding')
  await world.bring({ customers: [acme] })
  await world.query(sql`with added as (insert into user_group (customer_id, number, name)
      select id, 'G9000001', 'Own' from customer where code = 'adding')
    insert into portal_user (customer_id, mail, name, phone, role)
      select id, 'own@adding.example', 'Own', '', 'general-user' from customer where code = 'adding'`)
  const [summary] = await world.bring({ customers: [acme] })
  assert.deepEqual(summary?.unnamed, [])
})

test('a trial tells what would be made and changed, and keeps nothing; later files find what earlier ones bring', async () => {
  const acme = customer('trial')
  const paths = [
    await world.write({ customers: [acme] }),
    await world.write({ customers: [{ ...acme, name: 'Trial 2' }] }),
  ]
  const options = { now: importTime, mailing, report: () => undefined, isTrial: true }
  const [first, second] = await importFiles(world.database.operator, paths, options)
  const made = first?.changes.find(({ kind }) => kind === 'contracts')
  assert.deepEqual(made, {
    kind: 'contracts',
    customer: 'trial',
    created: acme.contracts.map(({ number }) => number),
    changed: [],
  })
  const differences = [{ field: 'name', from: 'trial', to: 'Trial 2' }]
  assert.deepEqual(second?.changes, [{ kind: 'customers', created: [], changed: [{ name: 'trial', differences }] }])
  assert.deepEqual(await world.query(sql`select from customer where code = 'trial'`), [])
})

test('notices that are held are sent later, once', async () => {
  const acme = customer('held')
  const path = await world.write({ customers: [acme] })
  const options = { now: importTime, report: () => undefined }
  await importFiles(world.database.operator, [path], { ...options, mailing: 'held' })
  const mails = () => world.query(sql`select recipient from mail where recipient like '%@held.example'`)
  assert.deepEqual(await mails(), [])
  const send = () => sendHeldNotices(world.database.operator, { ...mailing, now: importTime }, 'held')
  assert.equal(await send(), 1)
  assert.deepEqual(await mails(), [{ recipient: 'anna@held.example' }])
  assert.equal(await send(), 0)
})

test('of several files it is told at once which are in', async () => {
  const [good, bad] = [customer('first-in'), customer('second-out')]
  const wrong = { ...bad, contracts: [{ ...bad.contracts[0], service: 'teleport' }] }
  const paths = [await world.write({ customers: [good] }), await world.write({ customers: [wrong] })]
  const taken: string[] = []
  const onTaken = ({ path }: { path: string }): void => void taken.push(path)
  const importing = importFiles(world.database.operator, paths, {
    now: importTime,
    mailing,
    report: () => undefined,
    onTaken,
  })
  await assert.rejects(importing, /names no service/)
  assert.deepEqual(taken, paths.slice(0, 1))
})

test("a customer's zone is that of its new users; where the file says none, it is the operator's", async () => {
  const zones = async (): Promise<unknown[]> =>
    world.query(sql`select c.time_zone as customers, u.time_zone as users from customer c join portal_user u on u.customer_id = c.id
      where c.code = 'zoned' order by u.created_at, u.mail`)
  const zoned = customer('zoned')
  await world.bring({ customers: [{ ...zoned, timeZone: 'Asia/Calcutta' }] })
  assert.deepEqual(await zones(), [{ customers: 'Asia/Kolkata', users: 'Asia/Kolkata' }])
  const silent = { ...zoned, timeZone: '' }
  const users = [...zoned.users, ...zoned.users.map((user) => ({ ...user, mail: 'bob@zoned.example' }))]
  await world.bring({ operator: { ...testOperator, timeZone: 'Asia/Seoul' }, customers: [{ ...silent, users }] })
  assert.deepEqual(await zones(), [
    { customers: 'Asia/Seoul', users: 'Asia/Kolkata' },
    { customers: 'Asia/Seoul', users: 'Asia/Seoul' },
  ])
})
