import assert from 'node:assert/strict'
import ipaddr from 'ipaddr.js'
import { sql } from 'kysely'
import { after, beforeEach, test } from 'node:test'
import { endSessionsOver } from '#features/sessions/end-over.ts'
import { enterFence } from '#features/sessions/fence.ts'
import { hashOf } from '#platform/security/secrets.ts'
import { testDatabase } from '#test/database.ts'
import { paths as consolePaths } from '#sites/console/paths.ts'
import { minutes } from '#platform/time/duration.ts'
import { type MadeUser, signIn } from '#test/make.ts'
import { isSignedIn } from '#test/sign-in.ts'
import { signInStaff } from '#test/staff.ts'
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
  ['the logout of the member', () => world.viewer.console.post(consolePaths.signOut, {}, { from: '/' }), 'closed'],
  [
    'another password of the member',
    () => admin.query('update portal_user set credential_epoch = credential_epoch + 1 where id = $1', [member.id]),
    'closed',
  ],
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

test('a look goes on while the session of the console rests', async () => {
  await look(world.viewer, world.administrator)
  await keepLooking(20)
  await database.operator.transaction((tx) => endSessionsOver(tx, portal.program.now()))
  const { rows } = await admin.query('select from session where user_id = $1 and end_reason = $2', [
    member.id,
    'timed-out',
  ])
  assert(rows.length > 0, 'the console’s is over')
  assert(await looksNow())
})

test('a look is none from where staff may not work', async () => {
  await look(world.viewer, world.administrator)
  const { config } = portal.program
  const { consoleNetworks } = config
  config.consoleNetworks = [ipaddr.parseCIDR('203.0.113.0/24')]
  assert(!(await looksNow()))
  const own = await signIn(portal, world.colleague)
  assert(await isSignedIn(own), 'customers come from wherever they are')
  config.consoleNetworks = consoleNetworks
  assert(await looksNow())
})

test('the console names nobody as the one who looks: that follows from the cookie', async () => {
  const { customerId, id } = world.administrator
  const other = await world.make.staff({ roles: ['support'] })
  const now = portal.program.now()
  const asked = (cookie: Buffer, confirmed = now) =>
    database.staff.transaction(async (tx) => {
      const { rows } = await sql<{ id: string | null }>`
        select door.ask_to_view(${cookie}, ${customerId}, ${id}, ${'電話'}, ${confirmed}) as id`.execute(tx)
      return rows[0]?.id
    })
  await assert.rejects(
    database.staff.transaction(async (tx) => {
      await enterFence(tx, customerId)
      await sql`insert into viewing (customer_id, user_id, staff_id, staff_name, reason, asked_at)
        values (${customerId}, ${id}, ${other.id}, 'S-0001', '電話', ${now})`.execute(tx)
    }),
    /permission denied/,
  )
  const cookie = hashOf(world.viewer.console.cookies.get('__Host-console-session') ?? '')
  assert.equal(await asked(Buffer.alloc(32)), null)
  assert.equal(await asked(cookie, after10(now)), null, 'the factor was shown too long ago')
  const viewing = await asked(cookie)
  const { rows } = await admin.query('select staff_id, staff_name from viewing where id = $1', [viewing])
  assert.deepEqual(rows, [{ staff_id: member.id, staff_name: world.number }])
  const theirs = await signInStaff(portal, other)
  const handOver = (hash: Buffer) =>
    database.staff.transaction(async (tx) => {
      const { rows: handed } = await sql<{ is: boolean }>`
        select door.hand_over_viewing(${hash}, ${viewing}, ${Buffer.alloc(32, 1)}, ${Buffer.alloc(32, 2)}, ${now}) as is`.execute(
        tx,
      )
      return handed[0]?.is
    })
  assert.equal(await handOver(hashOf(theirs.cookies.get('__Host-console-session') ?? '')), false)
  assert.equal(await handOver(cookie), true)
})

const after10 = (now: Date): Date => new Date(now.getTime() + 10 * minutes)

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
