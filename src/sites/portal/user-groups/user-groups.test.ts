import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { minutes } from '#platform/time/duration.ts'
import { openDatabase } from '#platform/database/database.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { asksForFactor } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Answer, hiddenFields, type TestBrowser } from '#test/test-browser.ts'
import { tickUsers } from '#test/user-form.ts'
import { addressOf } from '#platform/web/paths.ts'
import { paths } from '../paths.ts'
import { portalPages } from '../portal.tsx'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

interface World {
  administrator: MadeUser
  member: MadeUser
  browser: TestBrowser
  serviceId: string
  code: string
  contractId: string
  /** With the member, and without rights. */
  id: string
}

async function openWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator', name: '山田 太郎' })
  const { customerId } = administrator
  const member = await make.user({ customerId, name: '伊藤 三郎' })
  const serviceId = await make.service({ name: '電話' })
  const contractId = await make.contract({ customerId, serviceId })
  const id = await make.group({ customerId, name: '営業部', members: [member.id] })
  const { rows } = await admin.query<{ code: string }>('select code from service where id = $1', [serviceId])
  const browser = await signIn(portal, administrator)
  return { administrator, member, browser, serviceId, code: rows[0]?.code ?? '', contractId, id }
}

/** Everything that these pages can change, of all customers. */
async function everything(): Promise<unknown> {
  const tables = ['user_group', 'user_group_member', 'user_group_right', 'staged_right']
  const rows = tables.map((table) => admin.query<object>(`select * from ${table} t order by t::text`))
  return (await Promise.all(rows)).map((each) => each.rows)
}

/** Chooses a right for all services and puts it into force, as the pages lead. */
async function give(browser: TestBrowser, id: string, choice: 'none' | 'view' | 'edit'): Promise<string> {
  const set = paths.setGroupRights({ id })
  const apply = paths.applyGroupRights({ id })
  assert.equal((await browser.post(set, { 'right.all': choice })).location, apply)
  return (await browser.post(apply)).location
}

test('every page and form of the groups is for administrators alone', async () => {
  const { member, id, code } = await openWorld()
  const general = await signIn(portal, member)
  const before = await everything()
  const pages = portalPages.filter(({ path }) => path.startsWith(paths.userGroups))
  assert.equal(pages.length, 19)
  for (const { path, methods } of pages) {
    const address = addressOf(path, { id, code })
    for (const method of methods) {
      const answer = method === 'GET' ? await general.get(address) : await general.send(address, {})
      assert.equal(answer.status, 403, `${method} ${path}`)
      assert(!answer.body.includes('営業部'), path)
    }
  }
  assert.deepEqual(await everything(), before)
})

test('what is taken away is gone with the next request, in every process', async () => {
  const { browser, member, id, contractId } = await openWorld()
  const elsewhere = await testPortal({ ...database, app: openDatabase({ connection: database.appConfig }) })
  assert.equal(await give(browser, id, 'view'), paths.groupRights({ id }))
  const theirs = await signIn(portal, member)
  const there = elsewhere.browser()
  for (const [name, value] of theirs.cookies) there.cookies.set(name, value)
  const contract = paths.contract({ id: contractId })
  for (const each of [theirs, there]) assert.equal((await each.get(contract)).status, 200)
  assert.equal(await give(browser, id, 'none'), paths.groupRights({ id }))
  for (const each of [theirs, there]) assert.equal((await each.get(contract)).status, 404)
  await elsewhere.program.database.close()
})

test('what was chosen waits for a new login, and nobody else sees it', async () => {
  const { browser, administrator, id, code, contractId } = await openWorld()
  const set = paths.setContractRights({ id, code })
  const back = await browser.post(set, { [`right.${contractId}`]: 'edit' })
  assert.equal(back.location, paths.setGroupRights({ id }))
  const again = await signIn(portal, administrator)
  assert.match((await again.get(set)).body, /変更前：権限なし/)
  assert.match((await again.get(paths.setGroupRights({ id }))).body, /1件の変更は、まだ反映されていません/)
  const { customerId } = administrator
  const other = await signIn(portal, await make.user({ customerId, role: 'portal-administrator' }))
  assert.doesNotMatch((await other.get(paths.setGroupRights({ id }))).body, /まだ反映されていません/)
  assert.equal((await again.get(paths.discardGroupRights({ id }))).status, 200)
  await again.post(paths.discardGroupRights({ id }))
  assert.doesNotMatch((await again.get(paths.userGroup({ id }))).body, /まだ反映されていません/)
})

test('applying and deleting ask for the second factor once more when it was not shown lately', async () => {
  const { browser, id } = await openWorld()
  await browser.post(paths.setGroupRights({ id }), { 'right.all': 'view' })
  portal.advance(11 * minutes)
  const before = await everything()
  for (const path of [paths.applyGroupRights, paths.deleteUserGroup])
    assert(asksForFactor(await browser.post(path({ id }))))
  assert.deepEqual(await everything(), before)
})

test('putting users in and taking them out ask for the second factor, too; who was chosen stays chosen', async () => {
  const { browser, administrator, member, id } = await openWorld()
  const other = await make.user({ customerId: administrator.customerId })
  const members = async (): Promise<string[]> => {
    const { rows } = await admin.query<{ id: string }>(
      'select user_id as id from user_group_member where user_group_id = $1',
      [id],
    )
    return rows.map((row) => row.id).toSorted()
  }
  const confirm = async ({ location }: Answer): Promise<string> =>
    (await browser.post(location, { code: await portal.newestCode(administrator.mail) })).location
  portal.advance(11 * minutes)
  const adding = paths.addGroupMembers({ id })
  const added = await browser.post(adding, { user: other.id })
  assert.deepEqual(await members(), [member.id])
  assert.match((await browser.get(adding)).body, new RegExp(`value="${other.id}"[^>]*checked`))
  assert.equal(await confirm(added), paths.userGroup({ id }))
  assert.deepEqual(await members(), [member.id, other.id].toSorted())
  portal.advance(11 * minutes)
  await tickUsers(browser, paths.userGroup({ id }), [member.id, other.id])
  const takenOut = await browser.post(paths.takeOutGroupMembers({ id }))
  assert.equal((await members()).length, 2)
  assert.equal(await confirm(takenOut), paths.userGroup({ id }))
  assert.deepEqual(await members(), [])
})

test('a form that is older than what somebody else has applied is refused, and keeps what was typed', async () => {
  const { browser, administrator, id, serviceId } = await openWorld()
  const { customerId } = administrator
  const set = paths.setGroupRights({ id })
  const old = hiddenFields((await browser.get(set)).body, set)
  const other = await signIn(portal, await make.user({ customerId, role: 'portal-administrator', name: '佐藤 花子' }))
  assert.equal(await give(other, id, 'view'), paths.groupRights({ id }))
  const late = await browser.send(set, { ...old, 'right.all': 'none', [`right.${serviceId}`]: 'edit' })
  assert.equal(late.status, 422)
  assert.match(late.body, /佐藤 花子さんが.*に同じグループの権限を変更しています/)
  // What was changed is still chosen; what was not is as it is now.
  assert.match(late.body, new RegExp(`name="right.${serviceId}" value="edit" checked`))
  assert.match(late.body, /name="right.all" value="view" checked/)
})

test('ids of another customer are as good as none, in every field', async () => {
  const { browser, id, code } = await openWorld()
  const foreign = await openWorld()
  const before = await everything()
  const set = paths.setGroupRights({ id })
  const contracts = paths.setContractRights({ id, code })
  for (const other of [
    foreign,
    { contractId: crypto.randomUUID(), serviceId: crypto.randomUUID(), member: { id: crypto.randomUUID() } },
  ]) {
    assert.equal(
      (await browser.post(contracts, { [`right.${other.contractId}`]: 'edit', [`was.${other.contractId}`]: 'none' }))
        .status,
      303,
    )
    assert.equal(
      (await browser.post(set, { [`right.${other.serviceId}`]: 'edit', [`was.${other.serviceId}`]: 'none' })).status,
      303,
    )
    assert.equal((await browser.post(paths.addGroupMembers({ id }), { user: other.member.id })).status, 303)
    await tickUsers(browser, paths.userGroup({ id }), [other.member.id])
    assert.equal((await browser.get(paths.takeOutGroupMembers({ id }))).location, paths.userGroup({ id }))
    await tickUsers(browser, paths.userGroup({ id }), [])
  }
  assert.deepEqual(await everything(), before)
})

test('what no form of ours sends is refused, never a failure', async () => {
  const { browser, id } = await openWorld()
  const set = paths.setGroupRights({ id })
  for (const [name, value] of [
    ['right.all', 'everything'],
    ['right.x', 'edit'],
    ['version', '0'],
    ['version', 'x'],
  ] as const)
    assert.equal((await browser.post(set, { [name]: value })).status, 422, `${name}=${value}`)
  for (const name of ['right', 'right.', 'other.all'])
    assert.equal((await browser.post(set, { [name]: 'edit' })).status, 400, name)
  for (const name of [' ', 'x'.repeat(65), 'a\nb']) {
    const answer = await browser.post(paths.addUserGroup, { name, description: '' })
    assert.equal(answer.status, 422, name)
  }
  assert.match(
    (await browser.post(paths.addUserGroup, { name: '営業部　', description: '' })).body,
    /すでに登録されています/,
  )
})

test('a name is one that can be seen, told from others and written back', async () => {
  const { browser, id } = await openWorld()
  for (const name of ['営業\u202E部', '営業\u200B部', '\u2066営業部', '営業\u2028部']) {
    const answer = await browser.post(paths.addUserGroup, { name, description: '' })
    assert.equal(answer.status, 422, JSON.stringify(name))
    assert.equal((await browser.post(paths.editUserGroup({ id }), { name: 'x', description: name })).status, 422)
  }
  const name = '<b>"&'
  const added = await browser.post(paths.addUserGroup, { name, description: '一行目\r\n二行目' })
  assert.match((await browser.get(added.location)).body, /<h1[^>]*>&lt;b>&quot;&amp;<\/h1>/)
  assert.match((await browser.get(`${added.location}/edit`)).body, />一行目\n二行目<\/textarea>/)
  const wide = await browser.post(paths.addUserGroup, { name: 'ＰＢＸ　ｶﾝﾘ（大阪）', description: '' })
  assert.match((await browser.get(wide.location)).body, /<h1[^>]*>PBX カンリ（大阪）<\/h1>/)
  // The longest that folds into the most characters.
  assert.equal((await browser.post(paths.addUserGroup, { name: '\uFDFA'.repeat(64), description: '' })).status, 303)
})

test('a copy is offered a name that is free, however long the first one is', async () => {
  const { browser } = await openWorld()
  const { location } = await browser.post(paths.addUserGroup, { name: `${'あ'.repeat(59)}𠮷𠮷x`, description: '' })
  const copy = `${location}/copy`
  const [, name = ''] = / value="([^"]*のコピー)"/.exec((await browser.get(copy)).body) ?? []
  assert.equal(name, `${'あ'.repeat(59)}のコピー`)
  assert.equal((await browser.post(copy, { name, description: '' })).status, 303)
})
