import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { days, minutes } from '#platform/time/duration.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type Make, type MadeUser, makerOf, signIn } from '#test/make.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

let database: TestDatabase
let portal: TestPortal
let make: Make
let admin: pg.Pool
let administrator: MadeUser
let sato: MadeUser
let administers: TestBrowser
let groupId: string
let contractNumber: string

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  make = makerOf(database)
  admin = superuserOf(database)
  administrator = await make.user({ role: 'portal-administrator', name: '山田 太郎' })
  const { customerId } = administrator
  sato = await make.user({ customerId, name: '佐藤 花子' })
  const serviceId = await make.service({ name: 'クラウドPBX' })
  contractNumber = 'N770000001'
  const contractId = await make.contract({ customerId, serviceId, number: contractNumber })
  groupId = await make.group({
    customerId,
    name: '総務部',
    members: [sato.id],
    rights: [
      { contractId, level: 'edit' },
      { serviceId, level: 'view' },
    ],
  })
  await make.group({ customerId, name: '空のグループ', rights: [{ level: 'view' }] })
  // What is recorded has the moment of the database, and the portal's clock stands still.
  portal.advance(1 * minutes)
  administers = await signIn(portal, administrator)
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

/** As if all that is recorded of the customer had begun earlier. */
async function recordedEarlier(customerId: string, by: number): Promise<void> {
  for (const record of ['user_record', 'user_group_record', 'membership_record', 'right_record'])
    await admin.query(`update ${record} set since = since - make_interval(secs => $2) where customer_id = $1`, [
      customerId,
      by / 1000,
    ])
}

test('who sees what, by which group, with those who should be looked at', async () => {
  await admin.query(`update portal_user set created_at = created_at - interval '200 days' where id = $1`, [sato.id])
  const users = (await administers.get(paths.accessReview)).body
  assert(users.includes('佐藤 花子') && users.includes('総務部') && users.includes('参照・編集'))
  assert(users.includes('90日以上ログインなし 1名'))
  assert(users.includes('編集権限を180日以上使用せず 1名'))
  assert(users.includes('所属するユーザーなし 1件'))
  const quiet = (await administers.get(`${paths.accessReview}?finding=quiet`)).body
  assert(quiet.includes('佐藤 花子') && !quiet.includes(administrator.mail))
  const groups = (await administers.get(`${paths.reviewedGroups}?finding=nobody`)).body
  assert(groups.includes('空のグループ') && !groups.includes('総務部'))
  const rights = (await administers.get(`${paths.reviewedRights}?user=${sato.id}`)).body
  assert(rights.includes(contractNumber) && rights.includes('クラウドPBX') && !rights.includes('空のグループ'))
  const members = (await administers.get(`${paths.accessReview}?group=${groupId}`)).body
  assert(members.includes('佐藤 花子') && !members.includes(administrator.mail))
  const found = (await administers.get(`${paths.reviewedRights}?q=${contractNumber}`)).body
  assert(found.includes('総務部') && !found.includes('空のグループ'))
})

test('a login and a change take a user off those who should be looked at, as of then', async () => {
  const { customerId } = administrator
  const user = await make.user({ customerId, name: '高橋 次郎' })
  const { rows } = await admin.query<{ id: string }>(
    'select user_group_id as id from user_group_right where level = $1',
    ['edit'],
  )
  await admin.query('insert into user_group_member (customer_id, user_group_id, user_id) values ($1, $2, $3)', [
    customerId,
    rows[0]?.id,
    user.id,
  ])
  await admin.query(
    `update portal_user set created_at = created_at - interval '300 days', last_sign_in_at = $2 where id = $1`,
    [user.id, portal.program.now()],
  )
  const ago = (time: number): Date => new Date(portal.program.now().getTime() - time)
  await admin.query(`insert into access_history (customer_id, at, user_id, event) values ($1, $2, $3, 'sign-in')`, [
    customerId,
    ago(40 * days),
    user.id,
  ])
  await admin.query(
    `insert into change_history (customer_id, at, actor_id, actor_name, action, subject_kind, subject_name)
     values ($1, $2, $3, '', 'contract-memo-changed', 'contract', '')`,
    [customerId, ago(20 * days), user.id],
  )
  await recordedEarlier(customerId, 200 * days)
  const rowOf = async (on: Date): Promise<string> => {
    const path = `${paths.accessReviewCsv}?q=${user.mail}&on=${on.toISOString().slice(0, 10)}`
    return (await administers.get(path)).body.split('\r\n')[1] ?? ''
  }
  assert.match(await rowOf(ago(0)), /"総務部","参照・編集","[^"]+","[^"]+",""$/)
  assert.match(await rowOf(ago(30 * days)), /"総務部","参照・編集","[^"]+","","編集権限を180日以上使用せず"$/)
  assert.match(await rowOf(ago(60 * days)), /,"","","90日以上ログインなし\n編集権限を180日以上使用せず"$/)
})

test('before records began nothing is said, and nothing can be closed', async () => {
  const user = await make.user({ role: 'portal-administrator' })
  portal.advance(1 * minutes)
  const browser = await signIn(portal, user)
  const { status, body } = await browser.get(`${paths.accessReview}?on=2020-01-31`)
  assert.equal(status, 200)
  assert(body.includes('記録開始前です') && !body.includes(user.mail.toUpperCase()))
  assert((await browser.get(`${paths.reviewReport}?on=2020-01-31`)).body.includes('記録開始前です'))
  assert.equal((await browser.get(`${paths.closeReview}?on=2020-01-31`)).status, 404)
  for (const at of ['2020-01-31T00:00:00.000Z', '2999-01-31T00:00:00.000Z']) {
    const { status: refused, body: told } = await browser.post(paths.closeReview, { at, note: '異常なし' })
    assert.equal(refused, 422)
    assert(told.includes('この時点の状態は記録されていません'))
  }
})

test('a review that is closed shows the same rows for good, and its hash and the history prove it', async () => {
  const closer = await make.user({ role: 'portal-administrator', name: '点検 一郎' })
  const { customerId } = closer
  const group = await make.group({ customerId, name: '去る部署', members: [closer.id], rights: [{ level: 'view' }] })
  portal.advance(1 * minutes)
  const browser = await signIn(portal, closer)
  const { location } = await browser.post(paths.closeReview, { note: '退職者2名を削除した。' })
  assert.match(location, /^\/access-review\?review=/)
  const id = location.split('=')[1] ?? ''
  const shown = async (): Promise<string> => (await browser.get(location)).body
  assert((await shown()).includes('一致しています'))
  await admin.query('delete from user_group where id = $1', [group])
  await admin.query(`update portal_user set name = '改名' where id = $1`, [closer.id])
  portal.advance(1 * minutes)
  assert(!(await browser.get(paths.reviewedGroups)).body.includes('去る部署'))
  for (const path of [paths.accessReview, paths.reviewedGroups, paths.reviewedRights, paths.reviewReport]) {
    const { body } = await browser.get(`${path}?review=${id}`)
    assert(body.includes('去る部署') && body.includes('退職者2名を削除した。'), path)
  }
  assert((await browser.get(paths.closedReviews)).body.includes('退職者2名を削除した。'))
  const { body: file, headers } = await browser.get(paths.reviewedRows({ id }))
  assert.match(headers.get('content-type') ?? '', /jsonl/)
  const sha256 = createHash('sha256').update(file).digest('hex')
  assert((await shown()).includes(sha256))
  const history = (await browser.get(`${paths.changeHistoryJson}?kind=access-review`)).body
  const listed = (await browser.get(`${paths.changeHistory}?kind=access-review`)).body
  assert.match(listed, /<a href="\/access-review\?review=[\da-f-]{36}"><time /)
  assert(history.includes(sha256) && history.includes('退職者2名を削除した。'))
  // Whoever may do anything changes a row.
  await admin.query(
    `update access_review_row set told = told || '{"name": "偽"}' where review_id = $1 and kind = 'user'`,
    [id],
  )
  assert((await shown()).includes('一致しません'))
})

test('a review is closed once, with the second factor, and with a note that is not too long', async () => {
  const browser = await signIn(portal, await make.user({ role: 'portal-administrator' }))
  portal.advance(1 * minutes)
  const at = portal.program.now().toISOString()
  const long = await browser.post(paths.closeReview, { at, note: 'あ'.repeat(501) })
  assert.equal(long.status, 422)
  assert(long.body.includes('あ'.repeat(501)))
  const empty = await browser.post(paths.closeReview, { at, note: ' ' })
  assert.equal(empty.status, 422)
  assert(empty.body.includes('所見が入力されていません'))
  assert.equal((await browser.post(paths.closeReview, { at, note: '異常なし' })).status, 303)
  const twice = await browser.post(paths.closeReview, { at, note: '異常なし' })
  assert.equal(twice.status, 422)
  assert(twice.body.includes('この棚卸しは完了しています'))
  portal.advance(11 * minutes)
  assert.match((await browser.post(paths.closeReview, { note: '異常なし' })).location, /^\/confirm\//)
})

test('another customer’s users and reviews are nowhere, and only administrators may look', async () => {
  const foreign = await signIn(portal, await make.user({ role: 'portal-administrator' }))
  const { location } = await (await signIn(portal, administrator)).post(paths.closeReview, { note: '異常なし' })
  const id = location.split('=')[1] ?? assert.fail(location)
  for (const path of [
    paths.accessReview,
    paths.reviewedGroups,
    paths.reviewedRights,
    paths.reviewReport,
    paths.accessReviewCsv,
  ])
    assert.equal((await foreign.get(`${path}?review=${id}`)).status, 404, path)
  assert.equal((await foreign.get(paths.reviewedRows({ id }))).status, 404)
  assert.equal((await foreign.get(`${paths.accessReview}?review=x`)).status, 404)
  for (const path of [
    paths.accessReview,
    paths.reviewedGroups,
    paths.reviewedRights,
    `${paths.reviewedRights}?user=${sato.id}`,
  ])
    assert(!(await foreign.get(path)).body.includes('総務部'), path)
  const general = await signIn(portal, sato)
  assert.equal((await general.get(paths.accessReview)).status, 403)
  assert.equal((await general.get(paths.closeReview)).status, 403)
})

test('in English, and whatever a day in the address is', async () => {
  const browser = await signIn(
    portal,
    await make.user({ role: 'portal-administrator' }),
    portal.browser({ language: 'en' }),
  )
  assert((await browser.get(paths.accessReview)).body.includes('Access review'))
  for (const on of ['', 'x', '0000-01-01', '9999-12-31', '2026-02-30'])
    assert.equal((await browser.get(`${paths.accessReview}?on=${on}`)).status, 200, on)
})
