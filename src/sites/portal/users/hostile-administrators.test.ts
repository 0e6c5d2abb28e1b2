import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { minutes } from '#platform/time/duration.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, password, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { asksForFactor, formOf } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'
import { type Filled, postFilled, selectUsers, somebody } from '#test/user-form.ts'
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

const at = (path: Route<'id'>, { id }: Pick<MadeUser, 'id'>): string => path({ id })
const newMail = (): string => `new-${randomUUID()}@example.com`

interface World {
  administrator: MadeUser
  browser: TestBrowser
  member: MadeUser
  groupId: string
}

async function openWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator' })
  const { customerId } = administrator
  const member = await make.user({ customerId })
  const groupId = await make.group({ customerId, rights: [{ level: 'edit' }] })
  return { administrator, browser: await signIn(portal, administrator), member, groupId }
}

async function groupsOf({ id }: MadeUser): Promise<number | null> {
  return (await admin.query('select from user_group_member where user_id = $1', [id])).rowCount
}

const pathsOfUsers = [
  paths.user,
  paths.editUser,
  paths.userMail,
  paths.suspendUser,
  paths.resumeUser,
  paths.deleteUser,
  paths.resetFactor,
  paths.resendNotice,
  paths.unlockUser,
  paths.signOutUser,
]

/** What an answer says, apart from what is made anew each time. */
const textOf = ({ body }: Answer): string =>
  body.replace(/(token" value|nonce|action|href|value)="[^"]*"/g, '').replace(/受付番号[^<]*/, '')

test('users of others, absent ones and what is no id look alike at every path, to read and to write', async () => {
  const { browser } = await openWorld()
  const { member } = await openWorld()
  const strangers = [member.id, randomUUID(), member.id.toUpperCase(), 'x', '..%2f', "'", '%00']
  for (const { pattern: path } of pathsOfUsers) {
    const answers = []
    for (const id of strangers) {
      const address = path.replace(':id', id)
      answers.push(await browser.get(address), await postFilled(browser, address, {}))
    }
    const read = answers.filter((_, index) => index % 2 === 0)
    assert.deepEqual(new Set(read.map(({ status }) => status)), new Set([404]), path)
    assert.equal(new Set(read.map(textOf)).size, 1, path)
    for (const { status } of answers) assert([404, 422].includes(status), `${path} ${status}`)
  }
  const { rows } = await admin.query<{ state: string }>('select state from portal_user where id = $1', [member.id])
  assert.deepEqual(rows, [{ state: 'active' }])
})

test('a user is put into no group of another customer, and taken out of none, by whatever field', async () => {
  const { browser, member } = await openWorld()
  const other = await openWorld()
  await postFilled(other.browser, at(paths.editUser, other.member), { ...somebody, groups: other.groupId })
  for (const field of ['groups', 'offered', 'taken'])
    await postFilled(browser, at(paths.editUser, member), { ...somebody, [field]: [other.groupId] })
  assert.deepEqual([await groupsOf(member), await groupsOf(other.member)], [0, 1])
})

test('nothing of a user is set that does not stand in the form', async () => {
  const { browser, member } = await openWorld()
  const forms: [string, Filled][] = [
    [at(paths.editUser, member), somebody],
    [at(paths.userMail, member), { mail: newMail() }],
    [at(paths.suspendUser, member), {}],
    [await selectUsers(browser, [member.id], { task: 'suspend' }), {}],
  ]
  for (const [path, filled] of forms)
    for (const field of ['id', 'customer_id', 'state', 'credential_epoch', 'isRegistered', '__proto__', 'constructor'])
      assert.equal((await postFilled(browser, path, { ...filled, [field]: '1' })).status, 400, `${path} ${field}`)
})

test('groups are given and taken only after the second factor was shown once more; what was chosen waits', async () => {
  const { browser, administrator, member, groupId } = await openWorld()
  const inGroup = await selectUsers(browser, [member.id], { task: 'put-in-group', to: groupId })
  const outOfGroup = await selectUsers(browser, [member.id], { task: 'take-out-of-group', from: groupId })
  portal.advance(11 * minutes)
  const tries: [string, Filled][] = [
    [at(paths.editUser, member), { ...somebody, groups: [groupId] }],
    [paths.addUser, { ...somebody, mail: newMail(), groups: [groupId] }],
    [outOfGroup, {}],
    [inGroup, {}],
  ]
  for (const [path, filled] of tries) assert(asksForFactor(await postFilled(browser, path, filled)), path)
  assert.equal(await groupsOf(member), 0)
  portal.advance(1 * minutes)
  const [path, filled] = tries[3] ?? assert.fail()
  const { location } = await postFilled(browser, path, filled)
  assert.match(
    (await browser.get(path)).body,
    new RegExp(`value="${groupId}" selected|selected="" value="${groupId}"|<option selected value="${groupId}"`),
  )
  const code = await portal.newestCode(administrator.mail)
  assert.equal((await browser.post(location, { code })).location, paths.users)
  assert.equal(await groupsOf(member), 1)
})

/** The path of the URL that was mailed to a new address. */
async function confirmationUrl(mail: string): Promise<string> {
  const texts = (await portal.mailsTo(mail)).map(({ text }) => text)
  return /\/mail-address\?key=\S+/.exec(texts.at(-1) ?? '')?.[0] ?? assert.fail('no URL')
}

test('whatever voids the logins of a user voids a new address that nobody has confirmed yet', async () => {
  const { browser, member } = await openWorld()
  const mail = newMail()
  for (const end of [paths.suspendUser, paths.deleteUser]) {
    await postFilled(browser, at(paths.userMail, member), { mail })
    const url = await confirmationUrl(mail)
    assert.equal((await portal.browser().get(url)).status, 200)
    await postFilled(browser, at(end, member), {})
    const shown = await portal.browser().get(url)
    assert.match(shown.body, /このURLは使用できません/)
    assert(!shown.body.includes(member.mail))
    if (end === paths.suspendUser) {
      await postFilled(browser, at(paths.resumeUser, member), {})
      assert.match((await portal.browser().get(url)).body, /このURLは使用できません/)
      assert.doesNotMatch((await browser.get(at(paths.user, member))).body, /確認を待っています/)
    }
  }
})

test('a name that nobody could see, that breaks lines or turns them, and a number without digits are refused', async () => {
  const { browser } = await openWorld()
  const names = ['\u200b', '\u2060\u200d', '山田\r\nBcc: x@example.com', '山\u2028田', '山\u202e田', '-', '\ud800']
  for (const name of names)
    assert.equal((await postFilled(browser, paths.addUser, { ...somebody, mail: newMail(), name })).status, 422, name)
  for (const phone of ['------', '()()()', '03-12', '０３－', '+++++++', '03-0000-0000;ext=1'])
    assert.equal((await postFilled(browser, paths.addUser, { ...somebody, mail: newMail(), phone })).status, 422, phone)
  for (const mail of ['a@example.com\r\nBcc: b@example.com', 'a@example.com,b@example.com', '"a b"@example.com'])
    assert.equal((await postFilled(browser, paths.addUser, { ...somebody, mail })).status, 422, mail)
  for (const phone of [
    '０３－００００－２００１',
    '03 0000 2001',
    '+81 (0)3-0000-2001',
    '０３（００００）２００１',
    '03\u30000000\u30002001',
  ])
    assert.equal((await postFilled(browser, paths.addUser, { ...somebody, mail: newMail(), phone })).status, 303, phone)
})

test('a name is text and nothing else, wherever it stands', async () => {
  const { browser, administrator } = await openWorld()
  const name = '=1+1"><script>alert(1)</script>'
  const mail = newMail()
  const { location } = await postFilled(browser, paths.addUser, { ...somebody, mail, name, comment: name })
  for (const path of [location, `${location}/edit`, `${location}/delete`, paths.users])
    assert(!(await browser.get(path)).body.includes('<script>alert'), path)
  assert.deepEqual(
    await portal.mailsTo(administrator.mail).then((mails) => mails.filter((each) => each.subject.includes(name))),
    [],
  )
})

test('a thousand ids and a megabyte are refused, not choked on', async () => {
  const { browser, member } = await openWorld()
  const ids = Array.from({ length: 1000 }, () => randomUUID())
  const edit = at(paths.editUser, member)
  for (const [path, filled] of [
    [paths.users, { user: ids, task: 'delete' }],
    [edit, { ...somebody, groups: [...ids, ...ids] }],
    [edit, { ...somebody, comment: 'あ'.repeat(1_000_000) }],
    [await selectUsers(browser, ids.slice(0, 100), { task: 'delete' }), {}],
  ] satisfies [string, Filled][]) {
    const { status } = await postFilled(browser, path, filled)
    assert([303, 413, 422].includes(status), `${path.slice(0, 40)} ${status}`)
  }
})

/** Browsers keep no cookie whose name and value are longer (RFC 6265bis, 5.6). */
const longestCookie = 4096

test('what leads back and what tells of a hundred users with long names fits into a cookie', async () => {
  const { browser, administrator } = await openWorld()
  const { rows } = await admin.query<{ id: string }>(
    `insert into portal_user (customer_id, mail, name, phone, role, state)
     select $1, gen_random_uuid() || '@example.com', repeat('亜', 97) || n, '03-0000-0000', 'general-user', 'active'
     from generate_series(100, 199) n returning id`,
    [administrator.customerId],
  )
  const ids = rows.map(({ id }) => id)
  const cookieIn = ({ headers }: Answer, name: string): string => {
    const set = headers.getSetCookie().find((each) => each.includes(`-${name}=`))
    return set?.split(';')[0] ?? assert.fail(name)
  }
  const question = await browser.get(await selectUsers(browser, ids, { task: 'resend' }))
  assert.match(question.body, /（登録待ちではない）、ほか97名/)
  const suspended = await postFilled(browser, await selectUsers(browser, ids, { task: 'suspend' }), {})
  assert.equal(suspended.status, 303)
  const again = await postFilled(browser, await selectUsers(browser, ids, { task: 'suspend' }), {})
  const told = cookieIn(again, 'notice')
  assert(told.length <= longestCookie, `${told.length}`)
  assert.match((await browser.get(paths.users)).body, /（状態が変わった）、ほか97名/)
  portal.advance(11 * minutes)
  const { location } = await postFilled(browser, hrefOf(paths.selectedUsers, { task: 'delete' }), {})
  await browser.post(location, { code: await portal.newestCode(administrator.mail) })
  const remaining = await admin.query(`select from portal_user where id = any($1) and state <> 'deleted'`, [ids])
  assert.equal(remaining.rowCount, 0)
  portal.advance(61 * minutes)
  const late = (await browser.get(`${paths.selectedUsers}?task=resend&list=${'q'.repeat(1000)}`)).location
  const login = { ...(await formOf(browser, '/login', late)), username: administrator.mail, password }
  const back = cookieIn(await browser.send(late, login), 'return')
  assert(back.length <= longestCookie, `${back.length}`)
})
