import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { enterFence } from '#features/sessions/fence.ts'
import { accessChange, accessStateOf, makeAccessChange, makeAccessWorld } from '#test/access-model.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { superuserOf } from '#test/superuser.ts'
import { reviewRows } from './inner/rows.ts'

const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

test('who could see what at a moment is what a model of a thousand changes says of it', async () => {
  for (let run = 0; run < runs({ usual: 1, many: 30 }); run++) {
    const seed = randomInt(2 ** 31)
    const world = await makeAccessWorld(make, admin)
    const told: { at: number; state: unknown }[] = []
    for (const each of fc.sample(accessChange, { numRuns: 1000, seed })) {
      const at = await makeAccessChange(world, each)
      if (at !== undefined) told.push({ at, state: accessStateOf(world.model) })
    }
    const [first, last] = [told[0]?.at ?? assert.fail(), told.at(-1)?.at ?? assert.fail()]
    for (let nth = 0; nth < 100; nth++) {
      const moment = Math.ceil(first) + randomInt(Math.ceil(last - first))
      const expected = told.findLast(({ at }) => at <= moment)?.state
      assert.deepEqual(
        await stateAt(world.customerId, new Date(moment)),
        expected,
        `the changes of ${seed}, at ${moment}`,
      )
    }
  }
})

/** The same, as the records tell it. */
async function stateAt(customerId: string, at: Date): Promise<unknown> {
  return database.app.transaction(async (tx) => {
    await enterFence(tx, customerId)
    const { rows } = await sql<{ state: unknown }>`
      with ${reviewRows({ actor: { customer: { id: customerId } } }, { at })} select json_build_object(
        'users', coalesce((select json_agg(json_build_object('id', told -> 'id', 'name', told -> 'name', 'role', told -> 'role', 'state', told -> 'state',
          'groups', array(select (g ->> 'number') || ' ' || (g ->> 'name') from jsonb_array_elements(told -> 'groups') g), 'level', told -> 'level')
          order by told ->> 'id') from user_row), '[]'),
        'groups', coalesce((select json_agg(json_build_object('id', told -> 'id', 'number', told -> 'number', 'name', told -> 'name',
          'members', told -> 'members', 'level', told -> 'level', 'rights', told -> 'rights') order by told ->> 'id') from group_row), '[]'),
        'rights', coalesce((select json_agg(json_build_object('id', told -> 'id', 'service', told -> 'service' -> 'ja', 'contract', told -> 'contract',
          'level', told -> 'level', 'group', told -> 'group' -> 'number', 'members', told -> 'members') order by told ->> 'id') from right_row), '[]')) as state`.execute(
      tx,
    )
    return rows[0]?.state
  })
}
