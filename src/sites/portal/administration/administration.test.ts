import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { sendNotice } from '#test/first-login.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { enterPassword } from '#test/sign-in.ts'
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

/** The line of what there is to see to: what each says, and where it leads. */
function toSee(body: string): [said: string, href: string][] {
  const line = /<section class="status-line" aria-label="確認が必要なもの">(.*?)<\/section>/.exec(body)?.[1] ?? ''
  return [...line.matchAll(/<a href="([^"]*)">(.*?)<\/a>/g)].map(([, href = '', said = '']) => [
    said.replaceAll(/<[^>]*>/g, ''),
    href.replaceAll('&amp;', '&'),
  ])
}

test('an administrator’s home counts what there is to see to, and each count leads to as many', async () => {
  const administrator = await make.user({ role: 'portal-administrator' })
  const { customerId } = administrator
  const staff = await Promise.all(Array.from({ length: 6 }, () => make.user({ customerId })))
  const awaiting = await make.user({ customerId, state: 'awaiting-registration' })
  await sendNotice(database, portal, awaiting)
  await make.user({ customerId, state: 'awaiting-registration' })
  const [locked, quiet] = staff
  assert(locked && quiet)
  for (let i = 0; i < 6; i++) await enterPassword(portal, locked, { typed: `wrong password ${i}` })
  await admin.query(`update portal_user set last_sign_in_at = now() - interval '91 days' where id = $1`, [quiet.id])
  // Of another administrator and of another customer nothing is counted.
  const colleague = await make.user({ customerId, role: 'portal-administrator' })
  const groupId = await make.group({
    customerId,
    members: [administrator.id, ...staff.slice(0, 4).map(({ id }) => id)],
  })
  for (const { id } of [administrator, colleague])
    await admin.query(
      `insert into staged_right (customer_id, user_id, user_group_id, level, rights_version) values ($1, $2, $3, 'view', 1)`,
      [customerId, id, groupId],
    )
  await make.user({ state: 'awaiting-registration' })
  const browser = await signIn(portal, administrator)
  const { body } = await browser.get(paths.administration)
  assert.deepEqual(toSee(body), [
    ['ロック中 1名', '/users?state=locked'],
    ['未反映の変更 1件', paths.applyGroupRights({ id: groupId })],
    ['登録用URLの期限切れ 1名', paths.resendExpired],
    ['登録待ち 2名', '/users?state=awaiting-registration'],
    ['グループなし 5名', '/users?group=none'],
    ['90日以上ログインなし 1名', '/users?login=90-days'],
  ])
  for (const [said, href] of toSee(body).filter((each) => each[1].startsWith('/users?')))
    assert.match((await browser.get(href)).body, new RegExp(`合計 <b>${/\d+(?=名)/.exec(said)?.[0]}</b> 名`), said)
  assert.match((await browser.get(paths.resendExpired)).body, /対象のユーザー：1名/)
})

test('with nothing to see to it says so; a general user has no such page', async () => {
  const administrator = await make.user({ role: 'portal-administrator' })
  const { customerId } = administrator
  const user = await make.user({ customerId })
  await make.group({ customerId, members: [administrator.id, user.id] })
  assert.match(
    (await (await signIn(portal, administrator)).get(paths.administration)).body,
    /確認が必要なユーザーや変更、申請はありません/,
  )
  assert.equal((await (await signIn(portal, user)).get(paths.administration)).status, 403)
})

test('what is chosen and not in force stands in the list of groups, for whoever chose it', async () => {
  const administrator = await make.user({ role: 'portal-administrator' })
  const { customerId } = administrator
  const [one, two] = [
    await make.group({ customerId, name: '営業部' }),
    await make.group({ customerId, name: '総務部' }),
  ]
  await make.group({ customerId, name: '経理部' })
  for (const id of [one, two])
    await admin.query(
      `insert into staged_right (customer_id, user_id, user_group_id, level, rights_version) values ($1, $2, $3, 'view', 1)`,
      [customerId, administrator.id, id],
    )
  const browser = await signIn(portal, administrator)
  const { body } = await browser.get(paths.userGroups)
  assert.match(body, /権限の変更が2件（2グループ）あり、まだ反映されていません/)
  assert.match(body, /未反映の変更あり 2/)
  assert.match(body, new RegExp(`href="${paths.applyGroupRights({ id: one })}"[^>]*>1件</a>`))
  const waiting = (await browser.get(`${paths.userGroups}?rights=waiting`)).body
  assert.match(waiting, /合計 <b>2<\/b> 件/)
  assert.doesNotMatch(waiting, /経理部/)
  assert.match((await browser.get(paths.applyGroupRights({ id: one }))).body, /<h1>権限の変更の反映<\/h1>/)
  const colleague = await signIn(portal, await make.user({ customerId, role: 'portal-administrator' }))
  assert.doesNotMatch((await colleague.get(paths.userGroups)).body, /まだ反映されていません/)
})
