import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { hours } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { newestUrl } from '#test/first-login.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Answer, hiddenFields, type TestBrowser } from '#test/test-browser.ts'
import { postFilled, selectUsers, tickUsers } from '#test/user-form.ts'
import { paths } from '../paths.ts'

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
  browser: TestBrowser
  members: [MadeUser, MadeUser]
}

async function openWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator', name: '山田 太郎' })
  const { customerId } = administrator
  const members: World['members'] = [
    await make.user({ customerId, name: '伊藤 三郎' }),
    await make.user({ customerId, name: '佐藤 花子', state: 'awaiting-registration' }),
  ]
  return { administrator, browser: await signIn(portal, administrator), members }
}

/** Ticks users, and answers the question about them as these fields say. */
async function ask(browser: TestBrowser, users: readonly MadeUser[], question: Question): Promise<Answer> {
  return postFilled(
    browser,
    await selectUsers(
      browser,
      users.map(({ id }) => id),
      question,
    ),
    {},
  )
}
type Question = Parameters<typeof selectUsers>[2]

async function statesOf(users: readonly MadeUser[]): Promise<unknown[]> {
  const ids = users.map(({ id }) => id)
  const { rows } = await admin.query<{ id: string; state: string }>(
    'select id, state from portal_user where id = any($1)',
    [ids],
  )
  return ids.map((id) => rows.find((row) => row.id === id)?.state)
}

const shown = (body: string, users: readonly MadeUser[]): boolean[] => users.map(({ mail }) => body.includes(mail))

for (const [task, subject, what] of [
  ['suspend', 'ビジネスポータル ユーザー変更のお知らせ', /一時停止されました/],
  ['delete', 'ビジネスポータル ユーザー変更のお知らせ', /削除されました/],
] as const)
  test(`to ${task} several users writes one mail to each administrator, and one to each of them`, async () => {
    const { browser, administrator, members } = await openWorld()
    const { customerId } = administrator
    const colleague = await make.user({ customerId, role: 'portal-administrator' })
    const concerned = await make.user({ customerId, role: 'portal-administrator' })
    const all = [...members, concerned]
    const before = await Promise.all([administrator, colleague].map(({ mail }) => portal.mailsTo(mail)))
    await ask(browser, all, { task })
    for (const [at, { mail }] of [administrator, colleague].entries()) {
      const [told, ...more] = (await portal.mailsTo(mail)).slice(before[at]?.length)
      assert.deepEqual([told?.subject, more], [subject, []])
      assert.match(told?.text ?? '', what)
      for (const user of all) assert(told?.text.includes(`<${user.mail}>`))
    }
    for (const user of [members[0], concerned]) {
      const own = (await portal.mailsTo(user.mail)).map((each) => each.subject)
      assert.deepEqual(own, ['ビジネスポータル ユーザー情報変更のお知らせ'])
    }
  })

test('nothing is done with several users before the page that names them was confirmed', async () => {
  const { browser, members } = await openWorld()
  const page = await browser.get(paths.users)
  const token = /name="token" value="([^"]+)"/.exec(page.body.split('id="users"')[1] ?? '')?.[1] ?? ''
  const ticked = members.map(({ id }): [string, string] => ['user', id])
  const { location } = await browser.send(paths.users, [['token', token], ...ticked, ['task', 'suspend']])
  assert.match(location, /^\/users\/selected\?/)
  const question = await browser.get(location)
  assert.match(question.body, /2名のユーザーが選択されています/)
  assert.deepEqual(shown(question.body, members), [true, true])
  assert.deepEqual(await statesOf(members), ['active', 'awaiting-registration'])
  await tickUsers(browser, paths.users, [])
  assert.equal(
    (
      await browser.send(paths.users, [
        ['token', token],
        ['task', 'suspend'],
      ])
    ).status,
    422,
  )
})

test('several at once: into a group and out of it, notices, suspension, deletion', async () => {
  const { browser, administrator, members } = await openWorld()
  const ids = members.map(({ id }) => id)
  const group = await make.group({ customerId: administrator.customerId })
  const isMember = async () =>
    (await admin.query('select from user_group_member where user_group_id = $1', [group])).rowCount
  assert.equal((await ask(browser, members, { task: 'put-in-group' })).status, 422)
  await ask(browser, members, { task: 'put-in-group', to: group })
  assert.equal(await isMember(), 2)
  await ask(browser, members, { task: 'take-out-of-group', from: group })
  assert.equal(await isMember(), 0)

  const question = await browser.get(await selectUsers(browser, ids, { task: 'resend' }))
  assert.match(question.body, /対象にならないユーザー：伊藤 三郎（登録待ちではない）/)
  await ask(browser, members, { task: 'resend' })
  assert.match((await browser.get(paths.users)).body, /選択した1名のうち1名を処理しました。/)
  await newestUrl(portal, members[1].mail)

  await ask(browser, [...members, administrator], { task: 'suspend' })
  assert.deepEqual(await statesOf([...members, administrator]), ['suspended', 'suspended', 'active'])
  await ask(browser, members, { task: 'delete' })
  assert.deepEqual(await statesOf(members), ['deleted', 'deleted'])
})

test('users of another customer are not among several', async () => {
  const { browser } = await openWorld()
  const other = await openWorld()
  const foreign = await make.group({ customerId: other.administrator.customerId })
  const foreigners = other.members.map(({ id }) => id)
  const { location } = await browser.get(await selectUsers(browser, foreigners, { task: 'delete' }))
  assert.equal(location, paths.users)
  const own = await openWorld()
  await ask(own.browser, [...own.members, ...other.members], { task: 'delete' })
  assert.deepEqual(await statesOf(other.members), ['active', 'awaiting-registration'])
  assert.equal((await ask(own.browser, [own.administrator], { task: 'put-in-group', to: foreign })).status, 422)
})

test('oneself alone leads to no red button; whoever is left out is named with the reason', async () => {
  const { browser, administrator, members } = await openWorld()
  for (const task of ['suspend', 'delete']) {
    const alone = await browser.get(await selectUsers(browser, [administrator.id], { task }))
    assert.match(alone.body, /対象になるユーザーがいません/)
    assert.doesNotMatch(alone.body, /button-danger-confirm/)
    const ids = [administrator.id, members[0].id]
    const both = await browser.get(await selectUsers(browser, ids, { task }))
    assert.match(both.body, /対象にならないユーザー：山田 太郎（自分自身）/)
    assert.match(both.body, /button-danger-confirm/)
  }
  const nobody = await ask(browser, [administrator], { task: 'delete' })
  assert.equal(nobody.status, 422)
  assert.deepEqual(await statesOf([administrator]), ['active'])
})

test('who is suspended or deleted loses what the page says, contract by contract on opening', async () => {
  const { browser, administrator, members } = await openWorld()
  const { customerId } = administrator
  const serviceId = await make.service({ name: '電話' })
  const contracts = [`A-${customerId.slice(0, 8)}`, `B-${customerId.slice(0, 8)}`]
  for (const number of contracts) await make.contract({ customerId, serviceId, number })
  await make.group({ customerId, members: [members[0].id], rights: [{ serviceId, level: 'view' }] })
  const path = await selectUsers(
    browser,
    members.map(({ id }) => id),
    { task: 'suspend' },
  )
  const question = (await browser.get(path)).body
  assert.match(question, /一部のご契約について、1名が参照できなくなります。/)
  assert.match(question, /電話：参照のみ → 権限なし（2件）/)
  assert.match(question, new RegExp(`href="${paths.user({ id: members[0].id })}"`))
  for (const number of contracts) assert.doesNotMatch(question, new RegExp(number))
  const opened = (await browser.get(`${path}&person=${members[0].id}`)).body
  for (const number of contracts) assert.match(opened, new RegExp(`${number} 電話：参照のみ → 権限なし`))
})

test('a move takes along only those who are in the first group, and is refused where it empties the automatic one', async () => {
  const { browser, administrator, members } = await openWorld()
  const { customerId } = administrator
  const [one, two] = members
  const from = await make.group({ customerId, members: [one.id, administrator.id] })
  const to = await make.group({ customerId })
  await admin.query('update user_group set is_automatic = true where id = $1', [from])
  const all = [one, two, administrator]
  const refused = await ask(browser, all, { task: 'move', from, to })
  assert.equal(refused.status, 422)
  assert.match(refused.body, /name="emptiesGroup"/)
  const ids = all.map(({ id }) => id)
  const path = await selectUsers(browser, ids, { task: 'move', from, to })
  const told = (await portal.mailsTo(administrator.mail)).length
  assert.equal((await postFilled(browser, path, { emptiesGroup: 'on' })).status, 303)
  const [mail, ...others] = (await portal.mailsTo(administrator.mail)).slice(told)
  assert.equal(others.length, 0, 'one mail for both groups')
  assert.match(mail?.text ?? '', /2名のユーザーが、ユーザーグループ「.+」へ移されました。/)
  const membersOf = async (group: string) =>
    (
      await admin.query<{ id: string }>('select user_id as id from user_group_member where user_group_id = $1', [group])
    ).rows.map(({ id }) => id)
  assert.deepEqual(await membersOf(from), [])
  assert.deepEqual((await membersOf(to)).toSorted(), [one.id, administrator.id].toSorted())
})

test('what is done is done to those who were shown, whatever is ticked by then', async () => {
  const { browser, members } = await openWorld()
  const path = await selectUsers(browser, [members[0].id], { task: 'delete' })
  const shownThen = hiddenFields((await browser.get(path)).body, paths.selectedUsers)
  await tickUsers(browser, paths.users, [members[1].id])
  assert.equal((await browser.send(path, shownThen)).status, 303)
  assert.deepEqual(await statesOf(members), ['deleted', 'awaiting-registration'])
})

test('all that match are ticked, on every page, and more than a hundred are not suspended at once', async () => {
  const { browser, administrator } = await openWorld()
  await admin.query(
    `insert into portal_user (customer_id, mail, name, phone, role, state)
     select $1, gen_random_uuid() || '@example.com', '追加 ' || n, '', 'general-user', 'active' from generate_series(1, 101) n`,
    [administrator.customerId],
  )
  const found = `${paths.users}?q=${encodeURIComponent('追加')}`
  const { token = '' } = hiddenFields((await browser.get(found)).body, paths.users)
  assert.equal((await browser.send(found, { token, to: 'every' })).location, found)
  assert.match((await browser.get(found)).body, /101名を選択中/)
  const question = await browser.get(`${paths.selectedUsers}?task=suspend`)
  assert.match(question.body, /一度に処理できるのは100名まで/)
  assert.doesNotMatch(question.body, /button-danger-confirm/)
  portal.advance(13 * hours)
  const later = await signIn(portal, administrator)
  assert.match((await later.get(paths.users)).body, /0名を選択中/)
})

test('until the groups of a move are chosen, the page says what to choose, and goes on at the other one', async () => {
  const { browser, administrator, members } = await openWorld()
  const from = await make.group({ customerId: administrator.customerId, members: [members[0].id] })
  const path = await selectUsers(browser, [members[0].id], { task: 'move', from })
  assert.match((await browser.get(path)).body, /移動元と移動先のグループを選択すると/)
  assert.match((await browser.get(path)).body, /<select class="input" name="to" autofocus/)
  const to = await make.group({ customerId: administrator.customerId })
  assert.doesNotMatch(
    (await browser.get(`${path}&to=${to}`)).body,
    /移動元と移動先のグループを選択すると|<select[^>]* autofocus/,
  )
})
