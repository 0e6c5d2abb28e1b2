import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { addressesOf, type ImportTest, openImportTest } from '#test/import-file.ts'
import { makerOf, type MadeUser } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Ended, typed } from '#test/typed.ts'

let world: ImportTest
let asker: MadeUser
let user: MadeUser

before(async () => {
  world = await openImportTest()
  const make = makerOf(world.database)
  asker = await make.staff({ roles: ['support', 'security'] })
  user = await make.user({ name: '山田 太郎' })
})
after(() => world[Symbol.asyncDispose]())

const command = (...words: string[]): Promise<Ended> => typed(addressesOf(world), 'second-yes', ...words)

/** As the console asks for it. */
async function ask(minutesAgo = 1): Promise<string> {
  const admin = superuserOf(world.database)
  const { rows } = await admin.query<{ id: string }>(
    `insert into staff_request (customer_id, kind, user_id, facts, reason, asked_by, asked_at)
     values ($1, 'factor-reset', $2, '{"version": 1, "epoch": 1}', '電話で確認しました', $3, now() - $4 * interval '1 minute') returning id`,
    [user.customerId, user.id, asker.id, minutesAgo],
  )
  await admin.end()
  return rows[0]?.id ?? assert.fail()
}

const decisionOf = async (id: string): Promise<unknown> => {
  const admin = superuserOf(world.database)
  const { rows } = await admin.query('select decision, decided_by from staff_request where id = $1', [id])
  await admin.end()
  return rows[0]
}

test('where nobody else is responsible for security, it lists what waits and approves it, once', async () => {
  const id = await ask()
  const listed = await command()
  assert.equal(listed.exitCode, 0, listed.problems)
  assert.match(listed.output, new RegExp(`^${id}  factor-reset ${user.mail} of .*電話で確認しました`, 'm'))
  const approved = await command(id)
  assert.deepEqual([approved.exitCode, approved.problems], [0, ''])
  assert.match(approved.output, /^Approved\. The worker does it within a minute/)
  assert.deepEqual(await decisionOf(id), { decision: 'approved', decided_by: null })
  const again = await command(id)
  assert.notEqual(again.exitCode, 0)
  assert.match(again.problems, /decided already/)
  assert.match((await command()).output, /Nothing awaits a second yes/)
})

test('what is late, unknown or another’s to decide is refused', async () => {
  assert.match((await command(await ask(25 * 60))).problems, /more than 24 hours ago/)
  for (const unknown of [randomUUID(), 'nonsense'])
    assert.match((await command(unknown)).problems, /There is no request/)
  assert.equal((await command('one', 'two')).exitCode, 2)
  const waits = await ask()
  await makerOf(world.database).staff({ roles: ['security'] })
  const refused = await command(waits)
  assert.notEqual(refused.exitCode, 0)
  assert.match(refused.problems, /decides it in the console/)
  assert.deepEqual(await decisionOf(waits), { decision: null, decided_by: null })
})
