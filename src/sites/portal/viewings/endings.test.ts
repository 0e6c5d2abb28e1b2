import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { minutes } from '#platform/time/duration.ts'
import { type MadeUser } from '#test/make.ts'
import { look, openViewingWorld } from '#test/viewing.ts'

const database = await testDatabase()
const world = await openViewingWorld(database)
const { portal, admin, member } = world
const { allow, work, looksNow, told } = world
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
beforeEach(() => world.begin())

for (const [what, end, how] of [
  ['half an hour', async () => keepLooking(30), 'time'],
  ['a quarter of an hour without a page', async () => portal.advance(15 * minutes), 'idle'],
  ['the suspension of the user', () => suspend(world.administrator), 'closed'],
  ['the suspension of the member', () => suspend(member), 'closed'],
  ['the end of the role', () => admin.query('delete from staff_role where user_id = $1', [member.id]), 'closed'],
  ['the end of the leave', () => allow('never'), 'closed'],
  [
    'another password of the user',
    () =>
      admin.query('update portal_user set credential_epoch = credential_epoch + 1 where id = $1', [
        world.administrator.id,
      ]),
    'closed',
  ],
] as const)
  test(`a look ends with ${what}, and the histories say so`, async () => {
    await look(world.viewer, world.administrator)
    assert(await looksNow())
    await end()
    assert(!(await looksNow()))
    await work()
    await work()
    await restore()
    assert.equal((await told()).filter((line) => line.endsWith(how)).length, 1, (await told()).join('\n'))
    assert.equal((await told()).length, 2)
    assert(!(await looksNow()), 'it does not come back')
  })

async function keepLooking(most: number): Promise<void> {
  for (let minute = 0; minute < most; minute += 5) {
    assert(await looksNow(), `after ${minute} minutes`)
    await noted()
    portal.advance(5 * minutes)
  }
}

/** The use of the session is noted beside the answer. */
async function noted(): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    const { rows } = await admin.query('select from session where seen_by = $1 and last_used_at = $2', [
      member.id,
      portal.program.now(),
    ])
    if (rows.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const suspend = ({ id }: MadeUser) => admin.query(`update portal_user set state = 'suspended' where id = $1`, [id])

async function restore(): Promise<void> {
  await admin.query(`update portal_user set state = 'active' where id in ($1, $2)`, [member.id, world.administrator.id])
  await admin.query(`insert into staff_role (user_id, role) values ($1, 'support') on conflict do nothing`, [member.id])
  await allow('always')
}
