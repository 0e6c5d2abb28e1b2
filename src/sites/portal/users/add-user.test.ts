import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { choosePassword, identify, newPassword, newestUrl } from '#test/first-login.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { isSignedIn } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { type Filled, postFilled, somebody } from '#test/user-form.ts'
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
  contractId: string
  /** May edit the one service. */
  groupId: string
}

async function openWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator', name: '山田 太郎' })
  const { customerId } = administrator
  const serviceId = await make.service({ name: 'クラウド電話' })
  const contractId = await make.contract({ customerId, serviceId })
  const groupId = await make.group({ customerId, name: '営業部', rights: [{ serviceId, level: 'edit' }] })
  return { administrator, browser: await signIn(portal, administrator), contractId, groupId }
}

const newMail = (): string => `new-${randomUUID()}@example.com`

async function add(browser: TestBrowser, filled: Filled) {
  return postFilled(browser, paths.addUser, { ...somebody, ...filled })
}

async function usersWith(mail: string) {
  const { rows } = await admin.query<Record<string, unknown> & { id: string }>(
    'select * from portal_user where mail = $1',
    [mail],
  )
  return rows
}

test('a user who is added is sent the notice, registers by it, and sees what the groups allow', async () => {
  const { browser, administrator, contractId, groupId } = await openWorld()
  const mail = newMail()
  const added = await add(browser, { mail, groups: [groupId] })
  const [user] = await usersWith(mail)
  assert(user)
  assert.deepEqual([added.status, added.location], [303, `/users/${user.id}`])
  assert.deepEqual(
    {
      name: user.name,
      role: user.role,
      state: user.state,
      factor: user.second_factor,
      customer: user.customer_id,
      job: user.job_title,
    },
    {
      name: '新人 一郎',
      role: 'general-user',
      state: 'awaiting-registration',
      factor: 'mail-otp',
      customer: administrator.customerId,
      job: '主任',
    },
  )
  const list = await browser.get(paths.users)
  assert.match(list.body, /新人 一郎[\s\S]*登録待ち[\s\S]*案内メール：送信待ち/)

  const theirs = portal.browser()
  const newcomer = { ...administrator, mail, name: '新人 一郎' }
  assert.equal((await identify(theirs, await newestUrl(portal, mail), newcomer)).status, 303)
  await choosePassword(theirs)
  await theirs.get('/first-login/recovery-codes')
  portal.advance(1000)
  await theirs.post('/login', { username: mail, password: newPassword })
  await theirs.post('/login/second-step', { code: await portal.newestCode(mail) })
  assert(await isSignedIn(theirs))
  assert.equal((await theirs.get(`/contracts/${contractId}`)).status, 200)
  assert.equal((await theirs.get(paths.users)).status, 403)
})

test('the buttons between the lists and 「確認する」 send nothing, keep what was typed, and tell what follows', async () => {
  const { browser, groupId } = await openWorld()
  const mail = newMail()
  const nothing = await browser.get(paths.addUser)
  assert.match(nothing.body, /参照できるご契約はありません/)
  const moved = await add(browser, { mail, name: '', comment: '書きかけ', offered: [groupId], do: 'put-in' })
  assert.equal(moved.status, 200)
  assert.match(moved.body, new RegExp(`name="groups" value="${groupId}"`))
  assert.match(moved.body, /書きかけ/)
  assert.match(moved.body, new RegExp(mail))
  assert.match(moved.body, /クラウド電話：<b>参照・編集<\/b> 1件/)
  assert.doesNotMatch(moved.body, /エラー：/)
  const back = await add(browser, { mail, groups: [groupId], taken: [groupId], do: 'take-out' })
  assert.doesNotMatch(back.body, /name="groups" value/)
  assert.match(back.body, /参照できるご契約はありません/)
  const checked = await add(browser, { mail, groups: [groupId], do: 'check' })
  assert.match(checked.body, /クラウド電話：<b>参照・編集<\/b> 1件/)
  assert.deepEqual(await usersWith(mail), [])
})

test('a group that is ticked counts when the form is sent, as if the button between the lists had been pressed', async () => {
  const { browser, groupId } = await openWorld()
  const mail = newMail()
  const { location } = await add(browser, { mail, offered: [groupId] })
  const isMember = async () =>
    (await admin.query('select from user_group_member where user_group_id = $1', [groupId])).rowCount
  assert.equal(await isMember(), 1)
  const edit = `${location}/edit`
  await postFilled(browser, edit, { ...somebody, groups: [groupId], taken: [groupId] })
  assert.equal(await isMember(), 0)
  await postFilled(browser, edit, { ...somebody, offered: [groupId] })
  assert.equal(await isMember(), 1)
})

test('what is missing or wrong is told at its field, and the groups stay chosen', async () => {
  const { browser, groupId } = await openWorld()
  const filled = { name: ' ', mail: 'x', phone: 'abc', secondFactor: 'sms', timeZone: '', groups: [groupId] }
  const { status, body } = await add(browser, filled)
  assert.equal(status, 422)
  for (const sentence of [
    '名前が入力されていません。',
    'メールアドレスはtaro.yamada@example.comの形式で入力してください。',
    '電話番号は03-0000-2001の形式で入力してください。',
    '第2段階認証方式が選択されていません。',
    'タイムゾーンが選択されていません。',
  ])
    assert(body.includes(sentence), sentence)
  assert.match(body, new RegExp(`name="groups" value="${groupId}"`))
  assert.match(body, /クラウド電話：<b>参照・編集/)
})

test('an address of the own customer is named as taken; one of another is refused, and noted for the operator alone', async () => {
  const { browser, administrator } = await openWorld()
  const own = await add(browser, { mail: administrator.mail.toUpperCase() })
  assert.match(own.body, /メールアドレスは、すでに登録されています/)
  const answers = []
  for (const state of ['active', 'suspended', 'awaiting-registration'] as const) {
    const { mail } = await make.user({ state })
    const { status, body } = await add(browser, { mail })
    assert.equal(status, 422)
    answers.push(
      body
        .replaceAll(mail, '')
        .replace(/name="token" value="[^"]*"/g, '')
        .replace(/nonce="[^"]*"/g, ''),
    )
  }
  assert.match(answers[0] ?? '', /このメールアドレスは登録できません。窓口へお問い合わせください。/)
  assert.equal(new Set(answers.map((body) => body.length)).size, 1)
  const { rows } = await admin.query('select mail from address_clash where user_id = $1', [administrator.id])
  assert.equal(rows.length, 3)
  const mine = await admin.query('select from portal_user where customer_id = $1', [administrator.customerId])
  assert.equal(mine.rowCount, 1)
})

test('of two who add the same address at once, one is told that it is taken', async () => {
  const { browser } = await openWorld()
  const mail = newMail()
  const answers = await Promise.all([add(browser, { mail }), add(browser, { mail })])
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([303, 422]))
  assert.equal((await usersWith(mail)).length, 1)
})

test('one user after another is added over the same connection', async () => {
  const { browser } = await openWorld()
  const mails = Array.from({ length: 8 }, newMail)
  for (const mail of mails) assert.equal((await add(browser, { mail })).status, 303)
  for (const mail of mails) assert.equal((await usersWith(mail)).length, 1)
})

test('nothing can be set but what stands in the form, and no group of another customer', async () => {
  const { browser } = await openWorld()
  const other = await openWorld()
  const mail = newMail()
  for (const field of ['state', 'customer_id', 'id', 'credentialEpoch', 'isRegistered', 'version'])
    assert.equal((await add(browser, { mail, [field]: '1' })).status, 400, field)
  assert.deepEqual(await usersWith(mail), [])
  await add(browser, { mail, groups: [other.groupId] })
  const [user] = await usersWith(mail)
  const { rowCount } = await admin.query('select from user_group_member where user_id = $1', [user?.id])
  assert.equal(rowCount, 0)
})

test('an administrator is added only after the second factor was shown once more, and then at once', async () => {
  const { browser, administrator } = await openWorld()
  portal.advance(11 * minutes)
  const mail = newMail()
  const role = 'portal-administrator'
  const asked = await add(browser, { mail, role })
  assert.deepEqual(await usersWith(mail), [])
  const confirmed = await browser.post(asked.location, { code: await portal.newestCode(administrator.mail) })
  const [added] = await usersWith(mail)
  assert.equal(added?.role, role)
  assert.equal(confirmed.location, paths.user({ id: added.id }))
})

test('a user is added like another one, without what is that one’s own', async () => {
  const { browser, groupId, administrator } = await openWorld()
  const { id } = await make.user({ customerId: administrator.customerId, name: '伊藤 三郎' })
  await admin.query('insert into user_group_member (customer_id, user_group_id, user_id) values ($1, $2, $3)', [
    administrator.customerId,
    groupId,
    id,
  ])
  const { body } = await browser.get(`${paths.addUser}?from=${id}`)
  assert.match(body, new RegExp(`name="groups" value="${groupId}"`))
  assert.doesNotMatch(body, /伊藤 三郎/)
  const other = await openWorld()
  assert.equal((await browser.get(`${paths.addUser}?from=${other.administrator.id}`)).status, 404)
})
