import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openDatabase } from '#platform/database/database.ts'
import { minutes, seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { choosePassword, identify, newestUrl, readSecret } from '#test/first-login.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { asksForFactor, enterPassword, giveRecoveryCode, historyOf, isSignedIn, otherThan } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { postFilled, somebody, tickUsers } from '#test/user-form.ts'
import type { Route } from '#platform/web/paths.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
/** Another process of the same portal. */
const elsewhere = openDatabase({ connection: database.appConfig })
const otherPortal = await testPortal({ ...database, app: elsewhere })
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await elsewhere.close()
  await database[Symbol.asyncDispose]()
})

interface World {
  administrator: MadeUser
  browser: TestBrowser
  /** May edit everything. */
  member: MadeUser
  groupId: string
  contractId: string
}

async function openWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator', name: '山田 太郎' })
  const { customerId } = administrator
  const member = await make.user({ customerId, name: '伊藤 三郎' })
  const contractId = await make.contract({ customerId, serviceId: await make.service() })
  const groupId = await make.group({ customerId, name: '営業部', rights: [{ level: 'edit' }], members: [member.id] })
  return { administrator, browser: await signIn(portal, administrator), member, groupId, contractId }
}

/** A member's browser, which asks the other process. */
async function atOther({ member }: World): Promise<TestBrowser> {
  return signIn(otherPortal, member)
}

const at = (path: Route<'id'>, { id }: Pick<MadeUser, 'id'>): string => path({ id })

async function rowOf({ id }: MadeUser) {
  const { rows } = await admin.query<Record<string, unknown>>('select * from portal_user where id = $1', [id])
  return rows[0] ?? assert.fail('no user')
}

async function countOf(table: string, { id }: MadeUser): Promise<number | null> {
  return (await admin.query(`select from ${table} where user_id = $1`, [id])).rowCount
}

async function changesOf({ id }: MadeUser): Promise<string[]> {
  const { rows } = await admin.query<{ action: string }>(
    'select action from change_history where subject_id = $1 order by id',
    [id],
  )
  return rows.map(({ action }) => action)
}

async function subjectsTo({ mail }: MadeUser): Promise<string[]> {
  return (await portal.mailsTo(mail)).map(({ subject }) => subject)
}

for (const path of [paths.suspendUser, paths.deleteUser, paths.resetFactor, paths.signOutUser])
  test(`${path.pattern} ends open sessions with the next request, in every process`, async () => {
    const world = await openWorld()
    const theirs = await atOther(world)
    assert(await isSignedIn(theirs))
    assert.equal((await world.browser.post(at(path, world.member))).status, 303)
    assert(!(await isSignedIn(theirs)))
  })

test('out of a group, or no administrator any longer: the next request knows, in every process', async () => {
  const world = await openWorld()
  const theirs = await atOther(world)
  assert.equal((await theirs.get(`/contracts/${world.contractId}`)).status, 200)
  await postFilled(world.browser, at(paths.editUser, world.member), { ...somebody, role: 'portal-administrator' })
  assert.equal((await theirs.get(`/contracts/${world.contractId}`)).status, 404)
  assert.equal((await theirs.get(paths.users)).status, 200)
  await postFilled(world.browser, at(paths.editUser, world.member), somebody)
  assert.notEqual((await theirs.get(paths.users)).status, 200)
})

test('suspended: no login and no URL until resumed', async () => {
  const { browser, member } = await openWorld()
  await browser.post(at(paths.suspendUser, member))
  assert.match((await enterPassword(portal, member)).answer.body, /正しくありません/)
  for (const path of [paths.suspendUser, paths.resetFactor])
    assert.equal((await browser.get(at(path, member))).status, 404, path.pattern)
  assert.match((await browser.get(at(paths.user, member))).body, /利用できるようになると、このユーザーができること/)
  await browser.post(at(paths.resumeUser, member))
  assert(await isSignedIn(await signIn(portal, member)))
  assert.deepEqual(await changesOf(member), ['user-suspended', 'user-resumed'])
  assert(await subjectsTo(member).then((all) => all.filter((each) => each.includes('ユーザー情報変更')).length === 2))
})

test('whoever is suspended before registering is sent a new URL when resumed', async () => {
  const { browser, administrator } = await openWorld()
  const newcomer = await make.user({ customerId: administrator.customerId, state: 'awaiting-registration' })
  await admin.query('delete from user_credential where user_id = $1', [newcomer.id])
  await browser.post(at(paths.resendNotice, newcomer))
  const first = await newestUrl(portal, newcomer.mail)
  await browser.post(at(paths.suspendUser, newcomer))
  const { location } = await identify(portal.browser(), first, newcomer)
  assert.equal(location, '/first-login')
  portal.advance(1 * seconds)
  await browser.post(at(paths.resumeUser, newcomer))
  assert.equal((await rowOf(newcomer)).state, 'awaiting-registration')
  assert.notEqual(await newestUrl(portal, newcomer.mail), first)
})

test('deleted: credentials, groups and details are gone, the name stays, the address is free', async () => {
  const { browser, member } = await openWorld()
  await giveRecoveryCode(database, member, 'abcd-efgh')
  assert.equal((await browser.post(at(paths.deleteUser, member))).location, paths.users)
  const row = await rowOf(member)
  assert.deepEqual([row.state, row.name, row.phone, row.comment], ['deleted', member.name, '', ''])
  for (const table of ['user_credential', 'recovery_code', 'known_browser', 'user_group_member'])
    assert.equal(await countOf(table, member), 0, table)
  assert.equal((await browser.get(at(paths.user, member))).status, 404)
  assert(!(await browser.get(paths.users)).body.includes(member.mail))
  assert.deepEqual(await changesOf(member), ['user-deleted'])
  const again = await postFilled(browser, paths.addUser, { ...somebody, mail: member.mail })
  assert.equal(again.status, 303)
})

test('reset: the user shows the identity and sets up password and second factor anew', async () => {
  const { browser, administrator } = await openWorld()
  const member = await make.user({ customerId: administrator.customerId, secondFactor: 'totp' })
  await giveRecoveryCode(database, member, 'abcd-efgh')
  await browser.post(at(paths.resetFactor, member))
  assert.equal((await rowOf(member)).state, 'awaiting-registration')
  for (const table of ['user_credential', 'recovery_code', 'known_browser'])
    assert.equal(await countOf(table, member), 0, table)
  assert.match((await enterPassword(portal, member)).answer.body, /正しくありません/)
  const theirs = portal.browser()
  assert.equal((await identify(theirs, await newestUrl(portal, member.mail), member)).status, 303)
  await choosePassword(theirs)
  assert.match(await readSecret(theirs), /^[A-Z2-7]{32}$/)
})

test('locked: shown in the list, and unlocked it is in the access history', async () => {
  const { browser, member } = await openWorld()
  const theirs = portal.browser()
  for (let i = 0; i < 6; i++) await enterPassword(portal, member, { browser: theirs, typed: `wrong password ${i}` })
  assert.match((await browser.get(`${paths.users}?state=locked`)).body, new RegExp(member.mail))
  assert.match((await browser.get(at(paths.user, member))).body, /ロックを解除する/)
  await browser.post(at(paths.unlockUser, member))
  assert.doesNotMatch((await browser.get(`${paths.users}?state=locked`)).body, new RegExp(member.mail))
  assert(await isSignedIn(await signIn(portal, member)))
  assert((await historyOf(database, member)).includes('unlocked'))
  assert.deepEqual(await changesOf(member), ['user-unlocked'])
})

test('logged out by an administrator: the access history says so, and the user may come back', async () => {
  const { browser, member } = await openWorld()
  await signIn(portal, member)
  await browser.post(at(paths.signOutUser, member))
  assert((await historyOf(database, member)).includes('sign-out ended-by-administrator'))
  assert(await isSignedIn(await signIn(portal, member)))
})

test('role, second factor, mail address, suspension and deletion ask for the second factor again', async () => {
  const { browser, administrator, member } = await openWorld()
  await tickUsers(browser, paths.users, [member.id])
  portal.advance(11 * minutes)
  const edit = at(paths.editUser, member)
  for (const asked of [
    () => postFilled(browser, edit, { ...somebody, role: 'portal-administrator' }),
    () => postFilled(browser, edit, { ...somebody, secondFactor: 'totp' }),
    () => postFilled(browser, at(paths.userMail, member), { mail: 'new@example.com' }),
    () => browser.post(at(paths.suspendUser, member)),
    () => browser.post(at(paths.deleteUser, member)),
    () => browser.post(at(paths.resetFactor, member)),
    () => postFilled(browser, `${paths.selectedUsers}?task=delete`, {}),
    () => postFilled(browser, `${paths.selectedUsers}?task=suspend`, {}),
  ])
    assert(asksForFactor(await asked()))
  const { state, role, second_factor, mail } = await rowOf(member)
  assert.deepEqual([state, role, second_factor, mail], ['active', 'general-user', 'mail-otp', member.mail])
  portal.advance(1 * minutes)
  const { location } = await postFilled(browser, edit, { ...somebody, role: 'portal-administrator' })
  const code = await portal.newestCode(administrator.mail)
  assert.equal((await browser.post(location, { code: otherThan(code) })).status, 422)
  assert.equal((await rowOf(member)).role, 'general-user')
  assert.equal((await browser.post(location, { code })).location, at(paths.user, member))
  assert.equal((await rowOf(member)).role, 'portal-administrator')
})

test('a change is told to the user and to all administrators, whoever made it among them', async () => {
  const { browser, administrator, member } = await openWorld()
  const other = await make.user({ customerId: administrator.customerId, role: 'portal-administrator' })
  await postFilled(browser, at(paths.editUser, member), { ...somebody, role: 'portal-administrator' })
  const [own, theirs, makers] = await Promise.all([member, other, administrator].map(subjectsTo))
  assert(own?.includes('ビジネスポータル ユーザー情報変更のお知らせ'))
  assert(theirs?.includes('ビジネスポータル ユーザー変更のお知らせ'))
  assert(makers?.includes('ビジネスポータル ユーザー変更のお知らせ'))
})

test('TOTP instead of mailed codes has to be set up; mailed codes instead of TOTP need nothing', async () => {
  const { browser, administrator, member } = await openWorld()
  await postFilled(browser, at(paths.editUser, member), { ...somebody, secondFactor: 'totp' })
  assert.deepEqual(
    [(await rowOf(member)).state, (await rowOf(member)).second_factor],
    ['awaiting-registration', 'totp'],
  )
  const withTotp = await make.user({ customerId: administrator.customerId, secondFactor: 'totp' })
  await postFilled(browser, at(paths.editUser, withTotp), somebody)
  assert(await isSignedIn(await signIn(portal, withTotp)))
  const { rows } = await admin.query('select totp_secret from user_credential where user_id = $1', [withTotp.id])
  assert.deepEqual(rows, [{ totp_secret: null }])
})

test('two who edit the same user: the second one is told, and nothing is overwritten', async () => {
  const { browser, member } = await openWorld()
  const path = at(paths.editUser, member)
  await postFilled(browser, path, { ...somebody, name: '伊藤 四郎' })
  const stale = await postFilled(browser, path, { ...somebody, name: '伊藤 五郎', version: '1', loaded: '' })
  assert.equal(stale.status, 422)
  assert.match(stale.body, /に変更しました（ユーザーの編集）/)
  assert.equal((await rowOf(member)).name, '伊藤 四郎')
})

test('who is suspended or deleted loses sight of what is named; a factor reset takes no right away', async () => {
  const { browser, administrator, member } = await openWorld()
  const { customerId } = administrator
  const serviceId = await make.service({ name: '専用線' })
  const number = `X-${customerId.slice(0, 8)}`
  await make.contract({ customerId, serviceId, number })
  await make.group({ customerId, members: [member.id], rights: [{ serviceId, level: 'edit' }] })
  for (const path of [paths.suspendUser, paths.deleteUser]) {
    const { body } = await browser.get(at(path, member))
    assert.match(body, /専用線：参照・編集 → 権限なし（1件）/)
    assert.match((await browser.get(`${at(path, member)}?person=${member.id}`)).body, new RegExp(number))
  }
  const reset = (await browser.get(at(paths.resetFactor, member))).body
  assert.match(reset, /グループと権限は変わりません/)
  assert.doesNotMatch(reset, /専用線|できなくなること/)
})
