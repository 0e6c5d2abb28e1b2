import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { enterFence } from '#features/sessions/fence.ts'
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
let support: MadeUser
let browser: TestBrowser
let user: MadeUser
let number: string

before(async () => {
  support = await make.staff({ roles: ['support'] })
  browser = await signInStaff(portal, support)
  user = await make.user({ name: '山田 太郎', state: 'active' })
  const { rows } = await admin.query<{ number: number }>('select number from staff_member where user_id = $1', [
    support.id,
  ])
  number = `S-${String(rows[0]?.number).padStart(4, '0')}`
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const at = ({ customerId, id }: MadeUser): { customer: string; id: string } => ({ customer: customerId, id })

async function changesOf(customerId: string): Promise<object[]> {
  const { rows } = await admin.query<object>(
    'select actor_id, actor_name, action from change_history where customer_id = $1 order by id',
    [customerId],
  )
  return rows
}

test('a customer’s page shows what there is, by either number or name, and each look is noted with who it was', async () => {
  const serviceId = await make.service({ name: 'クラウドPBX' })
  const { customerId } = user
  const contractId = await make.contract({ customerId, serviceId, number: 'N130009001' })
  await make.ticket({ customerId, contractId, title: '音が途切れます' })
  await make.order({ customerId, contractId })
  await admin.query(`update customer set name = '株式会社山海商事' where id = $1`, [customerId])
  const opened = await browser.get(`${paths.search}?q=N130009001`)
  assert.equal(opened.location, `${paths.customer({ id: customerId })}?contract=N130009001`)
  const { status, body } = await browser.get(opened.location)
  assert.equal(status, 200)
  for (const said of ['株式会社山海商事', 'N130009001', '山田 太郎', '音が途切れます'])
    assert(body.includes(said), said)
  for (const keyword of ['山海', 'N1300090', '山田', user.mail.slice(0, 12)])
    assert(
      (await browser.get(`${paths.search}?q=${encodeURIComponent(keyword)}`)).body.includes(`/customers/${customerId}`),
      keyword,
    )
  const { rows } = await admin.query('select staff_id, path from staff_visit where customer_id = $1', [customerId])
  assert.deepEqual(rows, [{ staff_id: support.id, path: paths.customer({ id: customerId }) }])
})

test('what staff do for a user stands in the customer’s history by the operator’s name and a number, and the user is let in', async () => {
  for (let tries = 0; tries < 6; tries++)
    await portal.browser().post('/login', { username: user.mail, password: `wrong ${tries}` })
  const unlocked = await browser.post(paths.unlockUser(at(user)), { sure: 'yes' })
  assert.equal(unlocked.location, paths.user(at(user)))
  const own = await signIn(portal, user)
  assert.equal((await own.get('/services')).status, 200)
  await browser.post(paths.signOutUser(at(user)), { sure: 'yes' })
  assert.equal((await own.get('/services')).status, 303)
  const by = { actor_id: support.id, actor_name: `試験通信（${number}）` }
  assert.deepEqual(await changesOf(user.customerId), [
    { ...by, action: 'user-unlocked' },
    { ...by, action: 'user-signed-out' },
  ])
  const { rows } = await admin.query(
    `select reason from access_history where customer_id = $1 and event = 'sign-out'`,
    [user.customerId],
  )
  assert.deepEqual(rows, [{ reason: 'ended-by-operator' }])
})

test('whoever awaits registration is corrected, the old URL is void, and a new one goes to the new address by the worker', async () => {
  const newcomer = await make.user({ state: 'awaiting-registration', name: '佐藤' })
  const epoch = async (): Promise<unknown> =>
    (await admin.query('select name, mail, credential_epoch from portal_user where id = $1', [newcomer.id])).rows[0]
  const values = { name: '佐藤 花子', phone: '03-0000-0007', mail: 'hanako@example.com' }
  const corrected = await browser.post(paths.correctUser(at(newcomer)), values)
  assert.equal(corrected.location, paths.user(at(newcomer)))
  assert.deepEqual(await epoch(), { name: '佐藤 花子', mail: 'hanako@example.com', credential_epoch: 2 })
  const { rows } = await admin.query('select for_staff from first_login_request')
  assert.deepEqual(rows, [{ for_staff: false }])
  const taken = await browser.post(paths.correctUser(at(newcomer)), { ...values, mail: user.mail })
  assert.match(taken.body, /すでに登録されています/)
  assert.equal((await browser.get(paths.correctUser(at(user)))).status, 404)
})

test('nobody alone makes somebody else of an administrator, or of whoever has to register again', async () => {
  const administrator = await make.user({ role: 'portal-administrator', state: 'awaiting-registration' })
  const again = await make.user({ state: 'awaiting-registration' })
  await admin.query('update portal_user set last_sign_in_at = now() where id = $1', [again.id])
  for (const one of [administrator, again]) {
    const { body } = await browser.get(paths.user(at(one)))
    assert(!body.includes(paths.correctUser(at(one))))
    assert.equal((await browser.get(paths.correctUser(at(one)))).status, 404)
    for (const changed of [`mail = 'other@example.com'`, 'last_sign_in_at = null'])
      await assert.rejects(
        database.staff.transaction(async (tx) => {
          await enterFence(tx, one.customerId)
          await sql.raw(`update portal_user set ${changed} where id = '${one.id}'`).execute(tx)
        }),
        { code: '42501' },
        changed,
      )
  }
})

test('a user is found below the own customer alone, and an id that is none finds nothing', async () => {
  const other = await make.user()
  for (const path of [
    paths.user({ customer: other.customerId, id: user.id }),
    paths.user({ customer: 'x', id: user.id }),
    paths.customer({ id: user.id }),
    paths.customer({ id: support.customerId }),
    paths.user({ customer: support.customerId, id: support.id }),
  ])
    assert.equal((await browser.get(path)).status, 404, path)
})

test('a note is for staff, in order, and a bad one keeps what was typed', async () => {
  const { customerId } = user
  await browser.post(paths.addNote({ id: customerId }), { text: '折り返しは午後に' })
  await browser.post(paths.addNote({ id: customerId }), { text: '済み' })
  const { body } = await browser.get(paths.customer({ id: customerId }))
  assert(body.includes('折り返しは午後に') && body.includes(number))
  const long = 'x'.repeat(4001)
  const refused = await browser.post(paths.addNote({ id: customerId }), { text: long })
  assert(refused.body.includes(long))
  const { rows } = await admin.query('select number from customer_note where customer_id = $1 order by number', [
    customerId,
  ])
  assert.deepEqual(rows, [{ number: 1 }, { number: 2 }])
})
