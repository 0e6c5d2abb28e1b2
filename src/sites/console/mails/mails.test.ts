import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { forgetMailTexts } from '#features/mails/forget.ts'
import { days, hours } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { anEmail, postOffice, writeMail } from '#test/post-office.ts'
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
let groupId: string

before(async () => {
  staff = await signInStaff(portal, await make.staff({ roles: ['support'] }))
  user = await make.user({ name: '山田 太郎', state: 'active', role: 'portal-administrator' })
  groupId = await make.group({ customerId: user.customerId, rights: [{ level: 'view' }], members: [user.id] })
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const refusedBy = (answer: string): string => `EENVELOPE RCPT TO ${answer} <…>: Recipient address rejected`

interface Failed {
  of?: MadeUser
  address?: string
  state?: string
  problem?: string | null
  goodUntil?: Date
}

async function failedMail({ of = user, state = 'refused', problem = null, ...given }: Failed = {}): Promise<string> {
  const id = await writeMail(database, of, { address: of.mail, ...given })
  await admin.query(
    `update mail set state = $2::mail_state, last_problem = $3, tries = 1, last_tried_at = now(),
       created_at = now() - interval '1 hour', sealed = case when can_be_resent then sealed end where id = $1`,
    [id, state, problem],
  )
  return id
}

const rowOf = async (id: string): Promise<Record<string, unknown>> =>
  (
    await admin.query<Record<string, unknown>>(
      'select state, recipient, tries, sealed is not null as kept from mail where id = $1',
      [id],
    )
  ).rows[0] ?? assert.fail('no mail')

test('what the server said is told in words, and the list is narrowed by domain, customer, state and cause', async () => {
  const other = await make.user()
  const causes: [string | null, RegExp][] = [
    [refusedBy('550 5.1.1'), /宛先がありません<span[^>]*> 550 5\.1\.1/],
    [refusedBy('550 5.1.2'), /宛先のドメインがありません/],
    [refusedBy('552-5.2.2'), /宛先の受信箱がいっぱいです/],
    [refusedBy('550 5.7.1'), /宛先のサーバーの規則で拒否されました/],
    ['EMESSAGE DATA 554 no', /宛先のサーバーに拒否されました/],
    ['ECONNECTION CONN connect ECONNREFUSED 127.0.0.1:25', /当社のメールサーバーに渡せません/],
    ['EENVELOPE MAIL FROM 550 5.1.8 sender', /当社のメールサーバーに渡せません/],
    [null, /メールアドレスの形をしていません/],
  ]
  for (const [problem, said] of causes) {
    const domain = `d${randomUUID().slice(0, 8)}.example.com`
    const id = await failedMail({ of: other, address: `x@${domain}`, problem })
    const { body } = await staff.get(`${paths.mails}?domain=${domain}`)
    assert.match(body, said)
    assert(body.includes(paths.mail({ id })) && body.split('/mails/').length === 2, `${problem}: one mail`)
  }
  const mine = await failedMail({ problem: refusedBy('550 5.1.1') })
  const ofCustomer = (await staff.get(`${paths.mails}?customer=${user.customerId}`)).body
  assert(
    ofCustomer.includes(paths.mail({ id: mine })) &&
      !ofCustomer.includes(`href="${paths.customer({ id: other.customerId })}"`),
  )
  assert((await staff.get(`${paths.mails}?cause=unknown-address`)).body.includes(paths.mail({ id: mine })))
  assert(!(await staff.get(`${paths.mails}?cause=full`)).body.includes(paths.mail({ id: mine })))
  assert.equal((await staff.get(`${paths.mails}?customer=x&domain=%00&cause=no&sort=no`)).status, 400)
  assert.equal((await staff.get(`${paths.mails}?customer=x&cause=no&sort=no`)).status, 200)
})

test('what waits is late after ten minutes and not before, and the house’s own mails are not there', async () => {
  const late = await failedMail({ state: 'queued' })
  const fresh = await writeMail(database, user, { address: user.mail })
  const member = await make.staff()
  const house = await failedMail({ of: member })
  const { body } = await staff.get(`${paths.mails}?size=100`)
  assert(body.includes(paths.mail({ id: late })))
  for (const id of [fresh, house]) assert(!body.includes(paths.mail({ id })), id)
  assert.equal((await staff.get(paths.mail({ id: house }))).status, 404)
  assert.equal((await staff.get(paths.mail({ id: randomUUID() }))).status, 404)
})

test('a mail that was given up goes to the address of today, in the customer’s history, and arrives', async () => {
  const office = postOffice(database, user)
  await using server = await office.open()
  const moved = await make.user({ state: 'active' })
  const id = await failedMail({ of: moved, address: 'old@example.com', state: 'expired' })
  const done = await staff.post(paths.mail({ id }), { deed: 'resend' })
  assert.deepEqual([done.status, done.location], [303, paths.mail({ id })])
  await office.endsAs(id, 'sent')
  assert.equal(server.to(moved.mail)[0]?.mail.subject, anEmail.subject)
  assert.deepEqual(server.to('old@example.com'), [])
  const { rows } = await admin.query(
    `select action, actor_name ~ '（S-\\d{4}）$' as numbered from change_history where customer_id = $1`,
    [moved.customerId],
  )
  assert.deepEqual(rows, [{ action: 'mail-resent', numbered: true }])
  assert.match((await staff.post(paths.mail({ id }), { deed: 'resend' })).body, /すでに送信されたか/)
  await office[Symbol.asyncDispose]()
})

test('what carried a code is not sent again, nor what is too old, nor to whom it is no more for', async () => {
  const code = await failedMail({ goodUntil: new Date(portal.program.now().getTime() + hours) })
  assert.match((await staff.get(paths.mail({ id: code }))).body, /内容を残していません/)
  assert.match((await staff.post(paths.mail({ id: code }), { deed: 'resend' })).body, /内容を残していません/)
  const old = await failedMail({ problem: refusedBy('550 5.7.1') })
  await database.operator.transaction((tx) => forgetMailTexts(tx, new Date(Date.now() + 13 * days)))
  assert.equal((await rowOf(old)).kept, true)
  await database.operator.transaction((tx) => forgetMailTexts(tx, new Date(Date.now() + 15 * days)))
  assert.equal((await rowOf(old)).kept, false)
  assert.match((await staff.post(paths.mail({ id: old }), { deed: 'resend' })).body, /内容を残していません/)
  const seen = await failedMail()
  await admin.query('delete from user_group_member where user_group_id = $1 and user_id = $2', [groupId, user.id])
  assert.match((await staff.post(paths.mail({ id: seen }), { deed: 'resend' })).body, /権限が減っています/)
  assert.equal((await rowOf(seen)).state, 'refused')
})

test('an address that does not work is noted for the customer’s administrators, and the note goes with the address', async () => {
  const person = await make.user({ customerId: user.customerId, state: 'active' })
  const id = await failedMail({ of: person, problem: refusedBy('550 5.1.1') })
  await staff.post(paths.mail({ id }), { deed: 'mark' })
  const administrator = await signIn(portal, user)
  const ofPerson = `/users/${person.id}`
  assert.match((await administrator.get(ofPerson)).body, /このアドレスにメールが届いていません/)
  const inConsole = paths.user({ customer: user.customerId, id: person.id })
  assert.match((await staff.get(inConsole)).body, /このアドレスにメールが届いていません/)
  assert.match(
    (await staff.post(paths.mail({ id }), { deed: 'resend' })).body,
    /届かないアドレスとして記録されています/,
  )
  assert.match((await staff.post(paths.mail({ id }), { deed: 'mark' })).body, /ほかで変更されました/)
  await staff.post(paths.mail({ id }), { deed: 'unmark' })
  assert.doesNotMatch((await administrator.get(ofPerson)).body, /メールが届いていません/)
  await staff.post(paths.mail({ id }), { deed: 'mark' })
  await admin.query(`update portal_user set mail = 'new-' || mail where id = $1`, [person.id])
  assert.doesNotMatch((await administrator.get(ofPerson)).body, /メールが届いていません/)
  assert.match((await staff.post(paths.mail({ id }), { deed: 'mark' })).body, /ほかで変更されました/)
  const { rows } = await admin.query<{ action: string }>(
    `select action from change_history where customer_id = $1 and subject_id = $2 order by id`,
    [user.customerId, person.id],
  )
  assert.deepEqual(
    rows.map(({ action }) => action),
    ['mail-marked-refused', 'mail-mark-removed', 'mail-marked-refused'],
  )
})

test('only support opens it, in both languages; a foreign deed does nothing', async () => {
  const id = await failedMail({ problem: refusedBy('550 5.1.1') })
  const reader = await signInStaff(portal, await make.staff({ roles: ['content', 'provisioning', 'security'] }))
  for (const path of [paths.mails, paths.mail({ id })]) assert.equal((await reader.get(path)).status, 403)
  assert.equal((await reader.send(paths.mail({ id }), { deed: 'mark' })).status, 403)
  const asked = await staff.send(paths.mail({ id }), { deed: 'mark' })
  assert.notEqual(asked.status, 303)
  assert.notEqual((await staff.post(paths.mail({ id }), { deed: 'erase' })).status, 303)
  const english = await signInStaff(portal, await make.staff({ roles: ['support'] }))
  await english.get(`${paths.mails}?lang=en`)
  assert.match((await english.get(paths.mail({ id }))).body, /No such address/)
  assert.equal((await rowOf(id)).state, 'refused')
})

test('a list of failed mails is a handful of statements, however many there are', async () => {
  for (let count = 0; count < 3; count++) await failedMail()
  await staff.get(paths.mails)
  const sent = database.statements.length
  await staff.get(paths.mails)
  const count = database.statements.length - sent
  assert(count > 0 && count <= 8, `${count} statements`)
})
