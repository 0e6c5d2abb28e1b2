import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { minutes } from '#platform/duration.ts'
import { openDatabase } from '#platform/database.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { hiddenFields, type TestBrowser } from '#test/test-browser.ts'
import { pathTo } from '../path-to.ts'
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
  const set = pathTo(paths.setGroupRights, { id })
  const apply = pathTo(paths.applyGroupRights, { id })
  assert.equal((await browser.post(set, { 'right.all': choice })).location, apply)
  return (await browser.post(apply)).location
}

test('every page and form of the groups is for administrators alone', async () => {
  const { member, id, code } = await openWorld()
  const general = await signIn(portal, member)
  const before = await everything()
  const pages = portalPages.filter(({ path }) => path.startsWith(paths.userGroups))
  assert.equal(pages.length, 13)
  for (const { path, methods } of pages) {
    const address = pathTo(path, { id, code })
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
  assert.equal(await give(browser, id, 'view'), pathTo(paths.groupRights, { id }))
  const theirs = await signIn(portal, member)
  const there = elsewhere.browser()
  for (const [name, value] of theirs.cookies) there.cookies.set(name, value)
  const contract = pathTo(paths.contract, { id: contractId })
  for (const each of [theirs, there]) assert.equal((await each.get(contract)).status, 200)
  assert.equal(await give(browser, id, 'none'), pathTo(paths.groupRights, { id }))
  for (const each of [theirs, there]) assert.equal((await each.get(contract)).status, 404)
  await elsewhere.program.database.close()
})

test('what was chosen waits for a new login, and nobody else sees it', async () => {
  const { browser, administrator, id, code, contractId } = await openWorld()
  const set = pathTo(paths.setContractRights, { id, code })
  const back = await browser.post(set, { [`right.${contractId}`]: 'edit' })
  assert.equal(back.location, pathTo(paths.setGroupRights, { id }))
  const again = await signIn(portal, administrator)
  assert.match((await again.get(set)).body, /変更前：権限なし/)
  assert.match((await again.get(pathTo(paths.setGroupRights, { id }))).body, /1件の変更は、まだ反映されていません/)
  const { customerId } = administrator
  const other = await signIn(portal, await make.user({ customerId, role: 'portal-administrator' }))
  assert.doesNotMatch((await other.get(pathTo(paths.setGroupRights, { id }))).body, /まだ反映されていません/)
  assert.equal((await again.get(pathTo(paths.discardGroupRights, { id }))).status, 200)
  await again.post(pathTo(paths.discardGroupRights, { id }))
  assert.doesNotMatch((await again.get(pathTo(paths.userGroup, { id }))).body, /まだ反映されていません/)
})

test('applying and deleting ask for the second factor once more when it was not shown lately', async () => {
  const { browser, id } = await openWorld()
  await browser.post(pathTo(paths.setGroupRights, { id }), { 'right.all': 'view' })
  portal.advance(11 * minutes)
  const before = await everything()
  for (const path of [paths.applyGroupRights, paths.deleteUserGroup])
    assert.equal((await browser.post(pathTo(path, { id }))).location, paths.confirm)
  assert.deepEqual(await everything(), before)
})

test('a form that is older than what somebody else has applied is refused, and keeps what was typed', async () => {
  const { browser, administrator, id, serviceId } = await openWorld()
  const { customerId } = administrator
  const set = pathTo(paths.setGroupRights, { id })
  const old = hiddenFields((await browser.get(set)).body, set)
  const other = await signIn(portal, await make.user({ customerId, role: 'portal-administrator', name: '佐藤 花子' }))
  assert.equal(await give(other, id, 'view'), pathTo(paths.groupRights, { id }))
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
  const set = pathTo(paths.setGroupRights, { id })
  const contracts = pathTo(paths.setContractRights, { id, code })
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
    assert.equal((await browser.post(pathTo(paths.addGroupMembers, { id }), { user: other.member.id })).status, 303)
    const out = `${pathTo(paths.takeOutGroupMembers, { id })}?users=${other.member.id}`
    assert.equal((await browser.get(out)).location, pathTo(paths.userGroup, { id }))
  }
  assert.deepEqual(await everything(), before)
})

test('what no form of ours sends is refused, never a failure', async () => {
  const { browser, id } = await openWorld()
  const set = pathTo(paths.setGroupRights, { id })
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

test('twenty thousand contracts and five hundred groups: one statement for what matches, and pages that stay light', async () => {
  const { browser, administrator, id, code, serviceId } = await openWorld()
  const { customerId } = administrator
  await admin.query(
    `insert into contract (customer_id, service_id, number, memo) select $1, $2, 'S' || n, case when n % 2 = 0 then '営業' else '総務' end
     from generate_series(1, 20000) n`,
    [customerId, serviceId],
  )
  await admin.query(
    `insert into user_group (customer_id, number, name) select $1, 'G' || (2000000 + n), '部署' || n from generate_series(1, 500) n`,
    [customerId],
  )
  const path = `${pathTo(paths.setContractRights, { id, code })}?${new URLSearchParams({ q: '営業' })}`
  const page = await browser.get(path)
  assert.match(page.body, /合計 <b>10,000<\/b> 件/)
  assert.equal(page.body.match(/<fieldset/g)?.length, 100)
  const bulk = await browser.send(path, {
    ...hiddenFields(page.body, pathTo(paths.setContractRights, { id, code })),
    level: 'view',
    to: 'all',
  })
  assert.equal(bulk.status, 303)
  const { rows } = await admin.query<{ n: number }>(
    'select count(*)::int as n from staged_right where user_group_id = $1',
    [id],
  )
  assert.equal(rows[0]?.n, 10_000)
  // Whatever the planner knows of the tables by now.
  await admin.query('analyze')
  const begun = performance.now()
  const preview = await browser.get(pathTo(paths.applyGroupRights, { id }))
  assert.match(preview.body, /1名が新しく参照できるようになります。/)
  assert.match(preview.body, /10,000件/)
  assert.equal((await browser.post(pathTo(paths.applyGroupRights, { id }))).location, pathTo(paths.groupRights, { id }))
  const list = await browser.get(paths.userGroups)
  assert.match(list.body, /合計 <b>501<\/b> 件/)
  assert.equal(list.body.match(/<tr/g)?.length, 21)
  assert(performance.now() - begun < 10_000)
})
