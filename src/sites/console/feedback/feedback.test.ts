import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { signInStaff } from '#test/staff.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
let staff: TestBrowser
let user: MadeUser

before(async () => {
  staff = await signInStaff(portal, await make.staff({ roles: ['support'] }))
  user = await make.user({ name: '山田 太郎' })
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

async function give(text: string, { kind = 'trouble', of = user } = {}): Promise<string> {
  const { rows } = await admin.query<{ key: string }>(
    `insert into feedback (customer_id, user_id, user_name, at, page, kind, text, language, browser)
     values ($1, $2, '山田 太郎', now(), '/contracts', $3, $4, 'ja', 'Firefox') returning key`,
    [of.customerId, of.id, kind, text],
  )
  return rows[0]?.key ?? assert.fail('nothing was given')
}

async function clash(mail: string): Promise<string> {
  const { rows } = await admin.query<{ key: string }>(
    `insert into address_clash (customer_id, at, user_id, mail) values ($1, now(), $2, $3) returning key`,
    [user.customerId, user.id, mail],
  )
  return rows[0]?.key ?? assert.fail('there is none')
}

test('what users say is read, marked as done, and open again', async () => {
  const id = await give('一覧が<b>遅い</b>です')
  const list = (await staff.get(paths.feedback)).body
  assert(list.includes(paths.feedbackOf({ id })) && list.includes('一覧が&lt;b>遅い'))
  const path = paths.feedbackOf({ id })
  assert.match((await staff.get(path)).body, /\/contracts.*Firefox/s)
  assert.equal((await staff.post(path, { deed: 'done' })).status, 303)
  assert.match((await staff.get(path)).body, /S-\d{4}/)
  assert(!(await staff.get(`${paths.feedback}?state=open`)).body.includes(path))
  assert.match((await staff.post(path, { deed: 'done' })).body, /ほかの担当者が対応しました/)
  assert.equal((await staff.post(path, { deed: 'open' })).status, 303)
  assert((await staff.get(`${paths.feedback}?state=open&kind=trouble`)).body.includes(path))
  const { rows } = await admin.query<{ n: number }>('select count(*)::integer as n from staff_visit where path = $1', [
    path,
  ])
  assert((rows[0]?.n ?? 0) > 1)
})

test('it is answered in an inquiry of its user, who is mailed and reads it; a colleague does not', async () => {
  const id = await give('検索できません')
  const path = paths.feedbackOf({ id })
  const empty = await staff.post(path, { deed: 'answer', text: ' ' })
  assert.match(empty.body, /返答が入力されていません/)
  const answered = await staff.post(path, { deed: 'answer', text: '検索の手順をご案内します。' })
  assert.equal(answered.status, 303, answered.body)
  assert.match(answered.location, /^\/tickets\/[0-9a-f-]{36}$/)
  assert.match((await staff.get(answered.location)).body, /検索できません.*検索の手順をご案内します。/s)
  const own = await signIn(portal, user)
  assert.match((await own.get(answered.location)).body, /検索できません.*検索の手順をご案内します。/s)
  const colleague = await signIn(portal, await make.user({ customerId: user.customerId }))
  assert.equal((await colleague.get(answered.location)).status, 404)
  assert((await portal.mailsTo(user.mail)).some(({ subject }) => /Q\d{7}/.test(subject)))
  assert.match((await staff.get(path)).body, new RegExp(answered.location))
  assert.match((await staff.post(path, { deed: 'answer', text: '二度目' })).body, /ほかの担当者が対応しました/)
  const { rows } = await admin.query('select from ticket where customer_id = $1', [user.customerId])
  assert.equal(rows.length, 1)
})

test('an address that two customers want is shown with who has it, and marked as done', async () => {
  const holder = await make.user()
  const id = await clash(holder.mail)
  const list = (await staff.get(paths.addressClashes)).body
  assert(list.includes(paths.user({ customer: holder.customerId, id: holder.id })))
  assert.match(list, /このお客様で1回/)
  const fields = { clash: id, deed: 'done' }
  assert.equal((await staff.post(paths.addressClashes, fields)).status, 303)
  assert.match((await staff.post(paths.addressClashes, fields)).body, /ほかの担当者が対応しました/)
  for (const wrong of [
    { ...fields, clash: randomUUID() },
    { ...fields, clash: 'x' },
    { ...fields, deed: 'x' },
  ])
    assert.notEqual((await staff.post(paths.addressClashes, wrong)).status, 303)
  assert(
    !(await staff.get(`${paths.addressClashes}?state=open`)).body.includes(
      paths.user({ customer: holder.customerId, id: holder.id }),
    ),
  )
  // The queue counts what is open alone.
  await clash('other@example.com')
  assert.match((await staff.get(paths.queues)).body, /登録できなかったメールアドレス（未対応）.*?>1</s)
})

test('only support opens it; what is not there is not found; both languages; few statements', async () => {
  const path = paths.feedbackOf({ id: await give('良い', { kind: 'good' }) })
  const reader = await signInStaff(portal, await make.staff({ roles: ['content', 'provisioning', 'security'] }))
  for (const each of [paths.feedback, path, paths.addressClashes]) assert.equal((await reader.get(each)).status, 403)
  assert.equal((await reader.send(path, { deed: 'done' })).status, 403)
  assert.equal((await staff.get(paths.feedbackOf({ id: randomUUID() }))).status, 404)
  const english = await signInStaff(portal, await make.staff({ roles: ['support'] }))
  await english.get(`${path}?lang=en`)
  assert.match((await english.get(path)).body, /Answer by an inquiry/)
  assert.match((await english.get(paths.addressClashes)).body, /Never tell whose it is/)
  for (const list of [paths.feedback, paths.addressClashes]) {
    await staff.get(list)
    const sent = database.statements.length
    await staff.get(list)
    const count = database.statements.length - sent
    assert(count > 0 && count <= 8, `${list}: ${count} statements`)
  }
})
