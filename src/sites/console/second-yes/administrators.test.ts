import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { at, openSecondYesWorld, reason } from '#test/second-yes-world.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const world = await openSecondYesWorld(database)
const { portal, admin } = world
const { ask, decide, work, outcomeOf, isRegistered } = world
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
beforeEach(() => world.begin())

test('a user becomes administrator, and somebody new does', async () => {
  const id = await ask(world.user, paths.makeAdministrator)
  await decide(id)
  const page = paths.addAdministrator({ id: world.user.customerId })
  const person = { name: '新田 花子', mail: `new-${world.user.id}@example.com`, phone: '03-1234-5678', reason }
  const wrong = await world.bySupport.post(page, { ...person, mail: 'nobody', reason: '短い' })
  assert(wrong.body.includes('新田 花子') && wrong.body.includes('nobody'))
  assert.equal((await world.bySupport.post(page, person)).location, paths.customer({ id: world.user.customerId }))
  const { rows } = await admin.query<{ id: string }>(
    `select id from staff_request where customer_id = $1 and kind = 'administrator-added'`,
    [world.user.customerId],
  )
  const added = rows[0]?.id ?? assert.fail()
  await decide(added)
  await work()
  const { rows: people } = await admin.query(
    `select name, role, state from portal_user where customer_id = $1 and id <> $2 order by name`,
    [world.user.customerId, world.administrator.id],
  )
  assert.deepEqual(people, [
    { name: '山田 太郎', role: 'portal-administrator', state: 'active' },
    { name: '新田 花子', role: 'portal-administrator', state: 'awaiting-registration' },
  ])
  assert.equal((await portal.mailsTo(person.mail)).length, 1)
  const { rows: kept } = await admin.query('select facts from staff_request where id = $1', [added])
  assert.deepEqual(kept, [{ facts: {} }], 'who it is stands with the user alone')
})

test('an address that somebody has by then, and a request that was declined, come to nothing', async () => {
  const page = paths.addAdministrator({ id: world.user.customerId })
  const person = { name: '新田', mail: 'soon-taken@example.com', phone: '03-1234-5678' }
  const refused = await world.bySupport.post(page, { ...person, mail: world.user.mail.toUpperCase(), reason })
  assert.match(refused.body, /このメールアドレスは、すでに登録されています/)
  await world.bySupport.post(page, { ...person, reason })
  const { rows } = await admin.query<{ id: string }>(`select id from staff_request where customer_id = $1`, [
    world.user.customerId,
  ])
  assert.equal(rows.length, 1)
  await admin.query('update portal_user set mail = $2 where id = $1', [world.administrator.id, person.mail])
  await decide(rows[0]?.id ?? '')
  await work()
  assert.deepEqual(await outcomeOf(rows[0]?.id ?? ''), ['approved', false, 'address-taken'])
  const declined = await ask()
  await decide(declined, 'declined')
  await work()
  assert.deepEqual(await outcomeOf(declined), ['declined', false, null])
  assert(await isRegistered(world.user))
})

test('the same is not asked for twice, nor from a page that is stale', async () => {
  await ask()
  assert(
    (await world.bySupport.post(paths.resetUserFactor(at(world.user)), { reason })).body.includes(
      'すでに承認を待っています',
    ),
  )
  const stale = await world.bySupport.post(paths.makeAdministrator(at(world.user)), { reason, version: '99' })
  assert(stale.body.includes('変更されました') && stale.body.includes(reason))
})
