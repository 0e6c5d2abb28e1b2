import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

async function openWorld() {
  const administrator = await make.user({ role: 'portal-administrator', name: '山田 太郎' })
  const { customerId } = administrator
  const user = await make.user({ customerId, name: '佐藤 花子' })
  const serviceId = await make.service({ name: '専用線' })
  const number = `N-${customerId.slice(0, 8)}`
  const contractId = await make.contract({ customerId, serviceId, number })
  const groupId = await make.group({
    customerId,
    name: '営業部',
    members: [user.id],
    rights: [{ serviceId, level: 'view' }],
  })
  return { browser: await signIn(portal, administrator), administrator, user, number, contractId, groupId }
}

test('since when a right is had is the later of the membership and the rule; of older ones it is not said', async () => {
  const { browser, user, contractId, groupId } = await openWorld()
  await admin.query(`update user_group_right set since = '2021-03-01T03:00:00Z' where user_group_id = $1`, [groupId])
  await admin.query(`update user_group_member set since = '2021-05-07T03:00:00Z' where user_group_id = $1`, [groupId])
  const pages = [paths.rightsOfContract({ id: contractId }), paths.rightsOfUser({ id: user.id })]
  for (const path of pages) assert.match((await browser.get(path)).body, /2021年5月7日[^<]*から/, path)
  await admin.query('update user_group_member set since = null where user_group_id = $1', [groupId])
  for (const path of pages) assert.match((await browser.get(path)).body, /2021年3月1日[^<]*から/, path)
  await admin.query('update user_group_right set since = null where user_group_id = $1', [groupId])
  for (const path of pages) assert.doesNotMatch((await browser.get(path)).body, /日[^<]*から<\/span>/, path)
})

test('of whoever cannot log in the page says that the rights do not hold now', async () => {
  const { browser, user } = await openWorld()
  const path = paths.rightsOfUser({ id: user.id })
  const says = async (): Promise<boolean> => (await browser.get(path)).body.includes('いまは、ログインできません。')
  assert.equal(await says(), false)
  for (const [change, back] of [
    ["state = 'suspended'", "state = 'active'"],
    ["ends_on = '2001-01-01'", 'ends_on = null'],
  ]) {
    await admin.query(`update portal_user set ${change} where id = $1`, [user.id])
    assert.equal(await says(), true, change)
    await admin.query(`update portal_user set ${back} where id = $1`, [user.id])
  }
  assert.equal(await says(), false)
})

test('whoever sees no contract loses none by being deleted, and the page says just that', async () => {
  const { browser, administrator } = await openWorld()
  const { id } = await make.user({ customerId: administrator.customerId })
  const { body } = await browser.get(paths.deleteUser({ id }))
  assert.match(body, /このユーザーが参照・編集できるご契約はありません。/)
  assert.doesNotMatch(body, /変わりません|ほかのユーザーグループの権限も合わせた/)
})

test('who may see what is to be had as a file', async () => {
  const { browser, user, number, contractId, groupId } = await openWorld()
  await admin.query(`update user_group_member set since = '2021-05-07T03:00:00Z' where user_group_id = $1`, [groupId])
  await admin.query('update user_group_right set since = null where user_group_id = $1', [groupId])
  const lines = async (path: string): Promise<string[]> => (await browser.get(path)).body.trimEnd().split('\r\n')
  const [head, row] = await lines(paths.rightsOfContractCsv({ id: contractId }))
  assert.match(head ?? '', /"ユーザー","メールアドレス","状態","有効な権限","権限を与えているグループ","権限の開始/)
  assert.equal(
    row,
    `"佐藤 花子","${user.mail}","有効","参照のみ","営業部（サービスごと：参照のみ）","2021-05-07 12:00:00+09:00"`,
  )
  const [, own] = await lines(paths.rightsOfUserCsv({ id: user.id }))
  assert.equal(own, `"${number}","専用線","","参照のみ","営業部（サービスごと：参照のみ）","2021-05-07 12:00:00+09:00"`)
  const stranger = await signIn(portal, await make.user({ role: 'portal-administrator' }))
  for (const path of [paths.rightsOfContractCsv({ id: contractId }), paths.rightsOfUserCsv({ id: user.id })])
    assert.equal((await stranger.get(path)).status, 404)
  assert.equal((await (await signIn(portal, user)).get(paths.rightsOfContractCsv({ id: contractId }))).status, 403)
})

test('the history about a contract joins its rules and memberships; that of a group stands on its page', async () => {
  const { browser, administrator, user, number, contractId, groupId } = await openWorld()
  const { customerId } = administrator
  const joining = await make.user({ customerId, name: '鈴木 一郎' })
  const elsewhere = await make.group({ customerId, name: '総務部' })
  for (const id of [groupId, elsewhere]) await browser.post(paths.addGroupMembers({ id }), { user: joining.id })
  await browser.post(paths.setGroupRights({ id: elsewhere }), { 'right.all': 'view' })
  await browser.post(paths.applyGroupRights({ id: elsewhere }))
  const page = await browser.get(paths.rightsOfContract({ id: contractId }))
  const href = `${paths.changeHistory}?contract=${contractId}`
  assert.match(page.body, new RegExp(`href="${href.replace('?', '\\?')}"`))
  const about = (await browser.get(href)).body
  assert.match(about, new RegExp(`${number}に関わる変更`))
  // The rule for all services touches it, and so do those who were in that group before.
  assert.match(about, /合計 <b>3<\/b> 件/)
  await admin.query(
    `update user_group_right set service_id = (select id from service where id <> service_id limit 1) where user_group_id = $1`,
    [groupId],
  )
  assert.match((await browser.get(href)).body, /合計 <b>2<\/b> 件/)
  const ofGroup = `${paths.changeHistory}?group=${groupId}`
  assert.match(
    (await browser.get(paths.userGroup({ id: groupId }))).body,
    new RegExp(`href="${ofGroup.replace('?', '\\?')}"`),
  )
  assert.match((await browser.get(ofGroup)).body, /合計 <b>1<\/b> 件/)
  assert.match((await browser.get(ofGroup)).body, /営業部に関わる変更/)
  assert.equal((await browser.get(`${paths.changeHistory}?contract=${user.id}`)).status, 200)
})
