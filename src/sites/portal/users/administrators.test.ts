import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { postFilled, selectUsers, somebody, tickUsers } from '#test/user-form.ts'
import type { Route } from '#platform/web/paths.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const role = 'portal-administrator'
const at = (path: Route<'id'>, { id }: Pick<MadeUser, 'id'>): string => path({ id })

async function makeAdministrators(): Promise<[MadeUser, MadeUser]> {
  const first = await make.user({ role })
  return [first, await make.user({ role, customerId: first.customerId })]
}

async function activeAdministrators({ customerId }: MadeUser): Promise<number | null> {
  const asked = `select from portal_user where customer_id = $1 and role = $2 and state = 'active'`
  return (await admin.query(asked, [customerId, role])).rowCount
}

/** Puts somebody into the automatic group, which is made if need be. */
async function putIntoAutomaticGroup({ id, customerId }: MadeUser): Promise<void> {
  await admin.query(
    `insert into user_group (customer_id, number, name, is_automatic) values ($1, 'G0000002', '自動', true) on conflict do nothing`,
    [customerId],
  )
  await admin.query(
    `insert into user_group_member (customer_id, user_group_id, user_id) select $1, id, $2 from user_group where customer_id = $1 and is_automatic`,
    [customerId, id],
  )
}

test('the last active administrator stays one, and the pages say that there is only one', async () => {
  const only = await make.user({ role })
  const other = await make.user({ customerId: only.customerId, role, state: 'suspended' })
  const browser = await signIn(portal, only)
  assert.match((await browser.get(paths.users)).body, /有効なポータル管理者は1名だけです/)
  assert.match((await browser.get(paths.administration)).body, /有効なポータル管理者は1名だけです/)
  const demoted = await postFilled(browser, at(paths.editUser, only), { ...somebody, demotesSelf: 'on' })
  assert.equal(demoted.status, 422)
  assert.match(demoted.body, /有効なポータル管理者がほかにいないため/)
  for (const path of [paths.suspendUser, paths.deleteUser, paths.resetFactor])
    assert.equal((await browser.post(at(path, only))).status, 404, path.pattern)
  for (const task of ['suspend', 'delete'])
    await postFilled(browser, await selectUsers(browser, [only.id], { task }), {})
  assert.equal(await activeAdministrators(only), 1)
  await browser.post(at(paths.resumeUser, other))
  assert.doesNotMatch((await browser.get(paths.users)).body, /1名だけです/)
})

test('whoever gives up the own role is asked explicitly', async () => {
  const [first] = await makeAdministrators()
  const browser = await signIn(portal, first)
  const asked = await postFilled(browser, at(paths.editUser, first), somebody)
  assert.match(asked.body, /自分のポータル管理者の権限がなくなります/)
  assert.equal(await activeAdministrators(first), 2)
  const done = await postFilled(browser, at(paths.editUser, first), { ...somebody, demotesSelf: 'on' })
  assert.equal(done.location, paths.serviceMenu)
  assert.equal(await activeAdministrators(first), 1)
  assert.notEqual((await browser.get(paths.users)).status, 200)
})

test('of two administrators who take away each other’s role, suspend or delete each other at once, one is left', async () => {
  const ways = [
    (other: MadeUser) => ({ path: at(paths.editUser, other), fields: somebody }),
    (other: MadeUser) => ({ path: at(paths.suspendUser, other), fields: {} }),
    (other: MadeUser) => ({ path: at(paths.deleteUser, other), fields: {} }),
    (other: MadeUser) => ({ path: at(paths.resetFactor, other), fields: {} }),
    () => ({ path: `${paths.selectedUsers}?task=suspend`, fields: {} }),
  ]
  for (const way of ways)
    for (let round = 0; round < runs({ usual: 4, many: 100 }); round++) {
      const [first, second] = await makeAdministrators()
      const browsers = [await signIn(portal, first), await signIn(portal, second)] as const
      await tickUsers(browsers[0], paths.users, [second.id])
      await tickUsers(browsers[1], paths.users, [first.id])
      const tries = [way(second), way(first)] as const
      await Promise.all(tries.map(({ path, fields }, index) => postFilled(browsers[index === 0 ? 0 : 1], path, fields)))
      assert.equal(await activeAdministrators(first), 1, tries[0].path)
    }
})

test('an administrator who is suspended leaves the automatic group without a question', async () => {
  const [first, second] = await makeAdministrators()
  await putIntoAutomaticGroup(second)
  await admin.query(`update portal_user set state = 'suspended' where id = $1`, [second.id])
  const browser = await signIn(portal, first)
  assert.equal((await postFilled(browser, at(paths.editUser, second), { ...somebody, role })).status, 303)
  assert.equal((await admin.query('select from user_group_member where user_id = $1', [second.id])).rowCount, 0)
})

test('the automatic group loses its last administrator only when that is confirmed', async () => {
  const [first, second] = await makeAdministrators()
  await putIntoAutomaticGroup(second)
  const browser = await signIn(portal, first)
  for (const path of [paths.suspendUser, paths.deleteUser, paths.resetFactor]) {
    const asked = await browser.post(at(path, second))
    assert.equal(asked.status, 422, path.pattern)
    assert.match(asked.body, /ポータル管理者がいなくなることを確認しました/)
  }
  const demoted = await postFilled(browser, at(paths.editUser, second), somebody)
  assert.match(demoted.body, /ポータル管理者がいなくなります/)
  const outOfGroup = await postFilled(browser, at(paths.editUser, second), { ...somebody, role })
  assert.match(outOfGroup.body, /ポータル管理者がいなくなります/)
  assert.equal(await activeAdministrators(first), 2)
  await browser.post(at(paths.suspendUser, second), { emptiesGroup: 'on' })
  assert.equal(await activeAdministrators(first), 1)
})
