import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { minutes } from '#platform/time/duration.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Answer, hiddenFields, type TestBrowser } from '#test/test-browser.ts'
import { entriesOf, type Filled, postFilled, selectUsers, somebody, tickUsers } from '#test/user-form.ts'
import { until } from '#test/until.ts'
import type { Route } from '#platform/web/paths.ts'
import { paths } from '../paths.ts'

// What two administrators do at once, and what one does with a form that was opened before the other did something.

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
const newMail = (): string => `new-${randomUUID()}@example.com`

interface World {
  administrators: [MadeUser, MadeUser]
  browsers: [TestBrowser, TestBrowser]
  member: MadeUser
  groupIds: [string, string]
}

async function openWorld(): Promise<World> {
  const first = await make.user({ role })
  const { customerId } = first
  const second = await make.user({ role, customerId })
  const member = await make.user({ customerId })
  const automatic = await make.group({ customerId, rights: [{ level: 'edit' }], members: [first.id, second.id] })
  await admin.query('update user_group set is_automatic = true where id = $1', [automatic])
  return {
    administrators: [first, second],
    browsers: [await signIn(portal, first), await signIn(portal, second)],
    member,
    groupIds: [automatic, await make.group({ customerId })],
  }
}

async function rowOf({ id }: MadeUser) {
  const { rows } = await admin.query<Record<string, unknown>>('select * from portal_user where id = $1', [id])
  return rows[0] ?? assert.fail('no user')
}

async function groupsOf({ id }: MadeUser): Promise<string[]> {
  const asked = 'select user_group_id from user_group_member where user_id = $1'
  const { rows } = await admin.query<{ user_group_id: string }>(asked, [id])
  return rows.map(({ user_group_id }) => user_group_id)
}

/** What a form has when it is opened, to be posted later. */
async function openForm(browser: TestBrowser, path: string): Promise<Filled> {
  const { body } = await browser.get(path)
  const { token = '', version = '', loaded = '' } = hiddenFields(body, path)
  return { token, version, loaded }
}

const send = (browser: TestBrowser, path: string, filled: Filled): Promise<Answer> =>
  browser.send(path, entriesOf(filled))

test('a form that is shown again, for whatever reason, does not overwrite what somebody else did since it was opened', async () => {
  const { browsers, member, groupIds } = await openWorld()
  const path = at(paths.editUser, member)
  const opened = await openForm(browsers[0], path)
  await postFilled(browsers[1], path, { ...somebody, name: '別の 名前' })
  const filled = { ...somebody, name: '古い 名前', phone: '03-9999-9999' }
  for (const change of [{ phone: '' }, { offered: groupIds[1], do: 'put-in' }, { do: 'check' }]) {
    const shown = await send(browsers[0], path, { ...opened, ...filled, ...change })
    // Told at once, whatever it came back for.
    assert.match(shown.body, /編集を始めたとき[\s\S]*別の 名前[\s\S]*古い 名前/)
  }
  const refused = await send(browsers[0], path, { ...opened, ...filled })
  assert.equal(refused.status, 422)
  assert.match(refused.body, /さんが.*に変更しました（ユーザーの編集）/)
  assert.match(refused.body, /<th[^>]*>名前<\/th>[\s\S]*別の 名前[\s\S]*古い 名前/)
  assert.match(refused.body, /value="古い 名前"/)
  assert.doesNotMatch(refused.body, /<th[^>]*>タイムゾーン<\/th>/)
  assert.equal((await rowOf(member)).name, '別の 名前')
  assert.match(refused.body, /name="version" value="2"/)
})

test('nor does one that waited for the second factor, which is asked for as often as it takes', async () => {
  const { browsers, administrators, member } = await openWorld()
  const path = at(paths.editUser, member)
  const opened = await openForm(browsers[0], path)
  portal.advance(11 * minutes)
  const asked: Answer[] = []
  for (const name of ['一度目', '二度目'])
    asked.push(await send(browsers[0], path, { ...opened, ...somebody, role, name }))
  await signIn(portal, administrators[1], browsers[1])
  await postFilled(browsers[1], path, { ...somebody, name: '別の 名前', role: 'general-user' })
  const restored = await browsers[0].get(path)
  assert.match(restored.body, /value="二度目"/)
  assert.match(restored.body, /この画面を開いたあとに、内容が変更されています[\s\S]*別の 名前/)
  const code = await portal.newestCode(administrators[0].mail)
  const refused = await browsers[0].post(asked.at(-1)?.location ?? '', { code })
  assert.equal(refused.status, 422)
  assert.match(refused.body, /さんが.*に変更しました（ユーザーの編集）/)
  assert.match(refused.body, /value="二度目"/)
  assert.deepEqual([(await rowOf(member)).name, (await rowOf(member)).role], ['別の 名前', 'general-user'])
})

test('groups that somebody else has put a user into, or taken out of, stay so', async () => {
  const { browsers, member, groupIds } = await openWorld()
  const path = at(paths.editUser, member)
  const [automatic, other] = groupIds
  await postFilled(browsers[1], path, { ...somebody, groups: [automatic] })
  const opened = await openForm(browsers[0], path)
  await postFilled(
    browsers[1],
    await selectUsers(browsers[1], [member.id], { task: 'take-out-of-group', from: automatic }),
    {},
  )
  await postFilled(browsers[1], await selectUsers(browsers[1], [member.id], { task: 'put-in-group', to: other }), {})
  const told = await send(browsers[0], path, { ...opened, ...somebody, jobTitle: '課長', groups: [automatic] })
  assert.equal(told.status, 422)
  assert.match(told.body, /さんが.*に変更しました（所属するユーザーの追加）/)
  assert.match(told.body, /<th[^>]*>ユーザーグループ<\/th>[\s\S]*（変更していません）/)
  // Whoever wants nothing but what is so now is told no more.
  assert.equal((await send(browsers[0], path, { ...opened, ...somebody, groups: [automatic] })).status, 303)
  assert.deepEqual(await groupsOf(member), [other])
})

test('a version that a user does not have yet is none: what differs could not be judged', async () => {
  const { browsers, member } = await openWorld()
  const path = at(paths.editUser, member)
  const { token = '' } = await openForm(browsers[0], path)
  const other = superuserOf(database)
  await other.query('begin')
  await other.query('select from user_group where customer_id = $1 for update', [member.customerId])
  await other.query('update portal_user set role = $2, version = 2 where id = $1', [member.id, role])
  const answer = send(browsers[0], path, { token, ...somebody, version: '2' })
  const isWaiting = async () => (await admin.query('select from pg_locks where not granted')).rowCount
  await Promise.race([answer, until(isWaiting)])
  await other.query('commit')
  await other.end()
  assert.equal((await answer).status, 422)
  assert.equal((await rowOf(member)).role, role)
})

/** Whatever two do at once is done, or refused; nothing breaks. */
async function both(tries: readonly (() => Promise<Answer>)[]): Promise<void> {
  const answers = await Promise.all(tries.map((each) => each()))
  for (const { status, location } of answers) assert([303, 404, 422].includes(status), `${status} ${location}`)
}

test('two who change users, groups and administrators at once wait for each other and never break', async () => {
  for (let round = 0; round < runs({ usual: 6, many: 100 }); round++) {
    const { administrators, browsers, member, groupIds } = await openWorld()
    const { customerId } = member
    const others = [await make.user({ customerId, role }), await make.user({ customerId, role })] as const
    const [one, two] = others
    const all = [member, two, one, ...administrators].map(({ id }) => id)
    for (const browser of browsers) await tickUsers(browser, paths.users, all)
    const selected = (task: string, query = {}): string => hrefOf(paths.selectedUsers, { task, ...query })
    await both([
      () => postFilled(browsers[0], at(paths.editUser, one), { ...somebody, role, groups: groupIds }),
      () => postFilled(browsers[1], at(paths.suspendUser, one), {}),
      () => postFilled(browsers[0], at(paths.editUser, member), { ...somebody, role, groups: groupIds }),
      () => postFilled(browsers[1], at(paths.deleteUser, member), {}),
      () => postFilled(browsers[0], at(paths.editUser, two), { ...somebody, groups: groupIds }),
      () => postFilled(browsers[1], selected('resend'), {}),
      () => postFilled(browsers[0], selected('suspend'), {}),
      () => postFilled(browsers[1], selected('put-in-group', { to: groupIds[1] }), {}),
    ])
  }
})

test('of two who want the same new address for two users, one gets it, however they want it', async () => {
  const { browsers, member } = await openWorld()
  const { customerId } = member
  const newcomer = (): Promise<MadeUser> => make.user({ customerId, state: 'awaiting-registration' })
  for (let round = 0; round < runs({ usual: 4, many: 100 }); round++) {
    const mail = newMail()
    const [one, two] = [await newcomer(), await newcomer()]
    await both([
      () => postFilled(browsers[0], at(paths.userMail, one), { mail }),
      () => postFilled(browsers[1], at(paths.userMail, two), { mail: mail.toUpperCase() }),
      () => postFilled(browsers[1], paths.addUser, { ...somebody, mail }),
    ])
    const asked = 'select from portal_user where login_id = fold_text($1)'
    assert.equal((await admin.query(asked, [mail])).rowCount, 1)
  }
})

test('of two addresses that two give the same user at once, one waits to be confirmed', async () => {
  const { browsers, member } = await openWorld()
  for (let round = 0; round < runs({ usual: 4, many: 100 }); round++) {
    await both(browsers.map((browser) => () => postFilled(browser, at(paths.userMail, member), { mail: newMail() })))
    assert.equal((await admin.query('select from mail_change where user_id = $1', [member.id])).rowCount, 1)
  }
})

test('of two who send new URLs to everybody whose URL has expired, one does', async () => {
  const { browsers, member } = await openWorld()
  const { customerId } = member
  const newcomers = await Promise.all(
    Array.from({ length: 5 }, () => make.user({ customerId, state: 'awaiting-registration' })),
  )
  await both(browsers.map((browser) => () => browser.post(paths.resendExpired)))
  for (const { mail } of newcomers) assert.equal((await portal.mailsTo(mail)).length, 1)
})
