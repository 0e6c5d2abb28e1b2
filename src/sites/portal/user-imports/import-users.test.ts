import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import type { MadeUser } from '#test/make.ts'
import { seconds } from '#platform/time/duration.ts'
import { readCsv } from '#platform/csv-file.ts'
import { inTime, runs } from '#test/many-runs.ts'
import { bringFile, heading, newcomer, openImportPortal, tryRows } from '#test/import-portal.ts'

import { paths } from '../paths.ts'

const world = await openImportPortal()
after(() => world[Symbol.asyncDispose]())
const { portal, make, admin, openWorld, work, apply, usersOf } = world

async function expectOneEntry({ customerId }: MadeUser, values: Record<string, string>): Promise<void> {
  const { rows } = await admin.query<{ action: string; after: Record<string, string> }>(
    `select action, after from change_history where customer_id = $1`,
    [customerId],
  )
  assert.deepEqual(
    rows.map(({ action }) => action),
    ['users-imported'],
  )
  for (const [key, value] of Object.entries(values)) assert.equal(rows[0]?.after[key], value, key)
}

test('users are added and changed as a whole, with one entry in the history, and the new ones are written to', async () => {
  const { administrator, browser, member } = await openWorld()
  const mail = `${randomUUID()}@example.com`
  const { path, body } = await tryRows(browser, [
    heading,
    newcomer(mail),
    [member.id, '伊藤 三郎', member.mail, '03-0000-0999', 'ポータル管理者', ''],
  ])
  assert.match(body, /まだ登録されていません/)
  assert.match(body, /電話番号: 03-0000-0000 → 03-0000-0999/)
  assert.match(body, /ユーザー権限: 一般ユーザー → ポータル管理者/)
  assert.match(body, /グループから外れる：営業部/)
  assert.match(body, /グループに加わる：営業部/)
  assert.deepEqual((await usersOf(administrator.customerId)).length, 2)
  assert.match(await apply(browser, path), /2名を登録しました。/)
  const users = await usersOf(administrator.customerId)
  const [added, changed] = [users.find((each) => each['mail'] === mail), users.find(({ id }) => id === member.id)]
  assert.equal(added?.['state'], 'awaiting-registration')
  assert.equal(added['second_factor'], null)
  assert.deepEqual(added['groups'], ['営業部'])
  assert.deepEqual(
    [changed?.['phone'], changed?.['role'], changed?.['state'], changed?.['groups'], changed?.['second_factor']],
    ['03-0000-0999', 'portal-administrator', 'active', [], 'mail-otp'],
  )
  await expectOneEntry(administrator, {
    [`phone 伊藤 三郎 <${member.mail}>`]: '03-0000-0999',
    [`groups 新人 一郎 <${mail}>`]: '営業部',
  })
  assert.match((await portal.mailsTo(mail))[0]?.text ?? '', /first-login/)
  assert.match((await portal.mailsTo(member.mail)).at(-1)?.text ?? '', /ポータル管理者/)
  assert.match((await portal.mailsTo(administrator.mail)).at(-1)?.text ?? '', /追加：1名/)
  assert.match(
    (await browser.get(paths.changeHistory)).body,
    /伊藤 三郎 &lt;[^&]+>の電話番号|伊藤 三郎 &lt;[^&]+&gt;の電話番号/,
  )
  // Once is enough, whoever presses again or whatever the queue does.
  await work(path)
  assert.equal((await portal.mailsTo(mail)).length, 1)
  assert.equal((await browser.post(path, {})).status, 422)
})

test('what the list writes comes in again unchanged, formulas, line breaks and all', async () => {
  const { browser, member, administrator } = await openWorld()
  await admin.query(
    `update portal_user set kana = 'いとう さぶろう', comment = $2, job_title = $3, phone = '12345', second_factor = null where id = $1`,
    [member.id, '=1+1\n\'@x;=y\n「"」', "'=部長"],
  )
  await make.group({ customerId: administrator.customerId, name: '=危険, な;名前', members: [member.id] })
  await make.user({ customerId: administrator.customerId, state: 'suspended' })
  await make.user({ customerId: administrator.customerId, state: 'awaiting-registration' })
  for (const lang of ['ja', 'en']) {
    await browser.get(`/users?lang=${lang}`)
    const file = await browser.get(paths.usersCsv)
    const read = readCsv(new TextEncoder().encode(file.body))
    assert(read.ok)
    assert.equal(read.value.length, 5)
    const answer = await bringFile(browser, new TextEncoder().encode(file.body))
    assert.equal(answer.status, 303, answer.body)
    const { body } = await browser.get(answer.location)
    assert.match(body, lang === 'ja' ? /追加・変更する行がありません。/ : /No row adds or changes anybody\./)
  }
})

test('a file sets ふりがな, in whatever kana it is written', async () => {
  const { browser, member } = await openWorld()
  const { path } = await tryRows(browser, [
    ['管理ID', 'ふりがな'],
    [member.id, 'ｲﾄｳ　サブロウ'],
  ])
  await apply(browser, path)
  const { rows } = await admin.query('select kana from portal_user where id = $1', [member.id])
  assert.deepEqual(rows, [{ kana: 'いとう さぶろう' }])
})

test('how far it is is told to its author alone, and that it is over', async () => {
  const { browser } = await openWorld()
  const { path } = await tryRows(browser, [heading, newcomer()])
  const asked = `${paths.importProgress}?id=${path.split('/').at(-1)}`
  const told = async (by: typeof browser): Promise<unknown> => JSON.parse((await by.get(asked)).body)
  assert.equal((await browser.post(path, {})).status, 303)
  assert.deepEqual(await told(browser), { done: 0, text: '登録しています（0／1名）' })
  const { body } = await browser.get(path)
  assert(body.includes(`data-progress="${asked}"`))
  assert.match(body, /最新の状態を表示する/)
  const { browser: other } = await openWorld()
  assert.deepEqual(await told(other), { isOver: true })
  await work(path)
  assert.deepEqual(await told(browser), { isOver: true })
})

test('with 「追加のみ」 who is there is left alone', async () => {
  const { administrator, browser, member } = await openWorld()
  const { path, body } = await tryRows(
    browser,
    [heading, newcomer(), [member.id, '別の名前', member.mail, '03-1111-1111', 'ポータル管理者', '']],
    'add-only',
  )
  assert.doesNotMatch(body, /別の名前/)
  assert.match(await apply(browser, path, {}), /1名を登録しました。/)
  const users = await usersOf(administrator.customerId)
  assert.equal(users.find(({ id }) => id === member.id)?.['name'], '伊藤 三郎')
  // Without the box nobody is written to.
  const { mail } = users.find(({ name }) => name === '新人 一郎') ?? {}
  assert.deepEqual(await portal.mailsTo(String(mail)), [])
})

test('a new address of an active user waits for its confirmation', async () => {
  const { browser, member } = await openWorld()
  const mail = `${randomUUID()}@example.com`
  const { path } = await tryRows(browser, [
    ['管理ID', 'メールアドレス'],
    [member.id, mail],
  ])
  await apply(browser, path)
  const { rows } = await admin.query(
    'select mail, (select new_mail from mail_change where user_id = u.id) as new from portal_user u where id = $1',
    [member.id],
  )
  assert.deepEqual(rows, [{ mail: member.mail, new: mail }])
  assert.match((await portal.mailsTo(mail))[0]?.text ?? '', /confirm|確認/)
})

test('a file of many rows is checked and done as a whole', async () => {
  const { administrator, browser } = await openWorld()
  const count = runs({ usual: 1_000, many: 10_000 })
  const rows = Array.from({ length: count }, (_, n) => [
    '',
    `社員 ${n}`,
    `${randomUUID()}@example.com`,
    '03-0000-0101',
    '一般ユーザー',
    '営業部',
  ])
  const { path } = await inTime(10 * seconds, () => tryRows(browser, [heading, ...rows]))
  assert.equal((await browser.post(path, {})).status, 303)
  await inTime(30 * seconds, () => work(path))
  assert.equal((await usersOf(administrator.customerId)).length, count + 2)
})
