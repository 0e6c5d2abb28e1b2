import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { houseId } from '#features/house.ts'
import { testDatabase } from '#test/database.ts'
import { openSecondYesWorld, reason } from '#test/second-yes-world.ts'
import { signInStaff } from '#test/staff.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const world = await openSecondYesWorld(database)
const { portal, make, admin, guard } = world
const { decide, work } = world
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
beforeEach(() => world.begin())

/** Somebody new, on whom two agreed. */
async function addMember(other: TestBrowser): Promise<{ id: string; mail: string }> {
  const mail = `member-${world.user.id}@example.com`
  const person = { name: '新人', mail, phone: '03-1234-5678', content: 'on', reason }
  const { location } = await world.byGuard.post(paths.addMember, person)
  await decide(location.split('/').at(-1) ?? '', 'approved', other)
  await work()
  const { rows } = await admin.query<{ id: string }>('select id from portal_user where mail = $1', [mail])
  return { id: rows[0]?.id ?? assert.fail('nobody was added'), mail }
}

async function rolesOf(id: string): Promise<string[]> {
  const sorted = 'select role from staff_role where user_id = $1 order by role'
  return (await admin.query<{ role: string }>(sorted, [id])).rows.map(({ role }) => role)
}

async function stateOf(id: string): Promise<unknown> {
  return (await admin.query<{ state: string }>('select state from portal_user where id = $1', [id])).rows[0]?.state
}

test('a member is added, gets other roles, is suspended by one and comes back by two', async () => {
  const other = await signInStaff(portal, await make.staff({ roles: ['security'] }))
  const { id, mail } = await addMember(other)
  const firstLogin = `${portal.program.config.consoleUrl?.href}first-login`
  assert((await portal.mailsTo(mail)).some(({ text }) => text.includes(firstLogin)))
  assert.deepEqual(await rolesOf(id), ['content'])
  const same = await world.byGuard.post(paths.memberRoles({ id }), { content: 'on', reason })
  assert(same.body.includes('今の役割と同じです'))
  await world.byGuard.post(paths.memberRoles({ id }), { support: 'on', security: 'on', reason })
  await decideNewest(id, other)
  assert.deepEqual(await rolesOf(id), ['security', 'support'])
  assert.equal((await world.byGuard.post(paths.suspendMember({ id }), {})).location, paths.member({ id }))
  assert.equal(await stateOf(id), 'suspended')
  await world.byGuard.post(paths.resumeMember({ id }), { reason })
  await decideNewest(id, other)
  assert.equal(await stateOf(id), 'awaiting-registration')
  const { rows: changes } = await admin.query(
    `select action, after ->> 'approvedBy' is not null as "byTwo" from change_history where customer_id = $1 and subject_id = $2 order by id`,
    [houseId, id],
  )
  assert.deepEqual(changes, [
    { action: 'user-added', byTwo: true },
    { action: 'user-changed', byTwo: true },
    { action: 'user-suspended', byTwo: false },
    { action: 'user-resumed', byTwo: true },
  ])
})

async function decideNewest(userId: string, browser: TestBrowser): Promise<void> {
  const { rows } = await admin.query<{ id: string }>(
    'select id from staff_request where user_id = $1 and decision is null',
    [userId],
  )
  await decide(rows[0]?.id ?? '', 'approved', browser)
  await work()
}

test('nobody asks for own roles or suspends the own self, and whoever is suspended is out at once', async () => {
  const roles = paths.memberRoles({ id: guard.id })
  assert(!(await world.byGuard.get(paths.member({ id: guard.id }))).body.includes(roles))
  assert.equal((await world.byGuard.get(roles)).status, 404)
  const own = await world.byGuard.post(paths.suspendMember({ id: guard.id }), {})
  assert(own.body.includes('自分を一時停止することはできません'))
  const member = await make.staff({ roles: ['security'] })
  const browser = await signInStaff(portal, member)
  await world.byGuard.post(paths.suspendMember({ id: member.id }), {})
  assert.equal((await browser.get(paths.queues)).status, 303)
})
