import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { enterFence } from '#features/sessions/fence.ts'
import { hours } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { openSecondYesWorld } from '#test/second-yes-world.ts'

const database = await testDatabase()
const world = await openSecondYesWorld(database)
const { portal, admin, guard, ask, work, outcomeOf } = world
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
beforeEach(() => world.begin())

test('the console’s role can neither do what is asked for nor say that it was done', async () => {
  const id = await ask()
  for (const statement of [
    `update staff_request set carried_out_at = now() where id = '${id}'`,
    `update staff_request set facts = '{}' where id = '${id}'`,
    `update staff_request set decision = 'approved', decided_at = asked_at where id = '${id}'`,
    `delete from staff_request where id = '${id}'`,
  ])
    await assert.rejects(
      database.staff.transaction(async (tx) => {
        await enterFence(tx, world.user.customerId)
        await sql.raw(statement).execute(tx)
      }),
      { code: '42501' },
      statement,
    )
})

test('a yes that was given before it was asked for is none, and one of a time to come is not counted yet', async () => {
  const id = await ask()
  const approve = `update staff_request set decision = 'approved', decided_by = '${guard.id}', decided_at = asked_at`
  await assert.rejects(admin.query(`${approve} - interval '1 second' where id = '${id}'`), { code: '23514' })
  await admin.query(`${approve} + interval '1 hour' where id = '${id}'`)
  await work()
  assert.deepEqual(await outcomeOf(id), ['approved', false, null])
  portal.advance(2 * hours)
  await work()
  assert.deepEqual(await outcomeOf(id), ['approved', true, null])
})
