import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { noteFallenBack } from '#features/address-limits/fall-back.ts'
import { minutes, seconds } from '#platform/time/duration.ts'
import { apply, inside, limit } from '#test/address-limits.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal, testSecrets } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

test('a trial that nobody confirms is told to all administrators once, by the worker or by whoever comes before it', async () => {
  const role = 'portal-administrator'
  const administrator = await make.user({ role, name: '山田' })
  const other = await make.user({ customerId: administrator.customerId, role })
  const browser = await signIn(portal, administrator)
  await limit(browser, administrator)
  const note = (): Promise<number> =>
    database.operator.transaction((tx) => noteFallenBack({ tx, now: portal.program.now(), secrets: testSecrets }))
  const told = async (): Promise<number> =>
    (await portal.mailsTo(other.mail)).filter(({ text }) => text.includes('10分以内に確定されなかったため')).length
  await note()
  const before = await told()
  await apply(browser, inside)
  portal.advance(10 * minutes - 1 * seconds)
  await note()
  assert.equal(await told(), before)
  portal.advance(1 * seconds)
  assert((await note()) >= 1)
  assert.equal(await note(), 0)
  assert.equal(await told(), before + 1)
  await signIn(portal, administrator, browser)
  await apply(browser, inside)
  portal.advance(11 * minutes)
  await signIn(portal, administrator, browser)
  await apply(browser, inside)
  assert.equal(await told(), before + 2)
  const { rows } = await admin.query<{ action: string; actor_name: string }>(
    `select action, actor_name from change_history where customer_id = $1 and action like '%fell-back' order by id`,
    [administrator.customerId],
  )
  assert.equal(rows.at(-1)?.actor_name, administrator.name)
  const { rows: left } = await admin.query(
    'select from portal_user where customer_id = $1 and trial_limited is not null',
    [administrator.customerId],
  )
  assert.equal(left.length, 0)
})
