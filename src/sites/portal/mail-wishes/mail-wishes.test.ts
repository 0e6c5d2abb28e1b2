import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { unsubscribeUrl } from '#features/mail-wishes/unsubscribe.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal, type TestPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { hiddenFields, type TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

let database: TestDatabase
let portal: TestPortal
let admin: ReturnType<typeof superuserOf>
let reader: MadeUser
let browser: TestBrowser
let seen: { id: string; serviceId: string }
let hidden: string

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  admin = superuserOf(database)
  const make = makerOf(database)
  reader = await make.user()
  const { customerId } = reader
  const serviceId = await make.service({ name: 'クラウド電話' })
  seen = { id: await make.contract({ customerId, serviceId, number: 'N-SEEN' }), serviceId }
  hidden = await make.contract({ customerId, serviceId, number: 'N-HIDDEN' })
  await make.group({ customerId, members: [reader.id], rights: [{ contractId: seen.id, level: 'view' }] })
  browser = await signIn(portal, reader)
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

async function wishes(): Promise<{ id: string; topic: string; contract: string | null; service: string | null }[]> {
  const { rows } = await admin.query<{ id: string; topic: string; contract: string | null; service: string | null }>(
    'select id, topic, contract_id as contract, service_id as service from mail_wish where user_id = $1 order by made_at, topic',
    [reader.id],
  )
  return rows
}

/** Sends the form as the page gives it. */
async function submit(path: string, fields: Record<string, string>, from = path) {
  const given = hiddenFields((await browser.get(from)).body, path)
  return browser.send(path, { ...given, ...fields })
}

test('one wishes by the form what one sees, and nothing else, and ends it', async () => {
  const add = (fields: Record<string, string>) =>
    submit(paths.mailWishes, { topic: 'both', service: '', site: '', contract: '', ...fields })
  assert.equal((await add({ scope: 'all' })).status, 303)
  // The same again is no second wish.
  await add({ scope: 'all', topic: 'fault' })
  assert.deepEqual(
    (await wishes()).map(({ topic }) => topic),
    ['fault', 'works'],
  )
  assert.equal((await add({ scope: 'contract', contract: ' n-seen ' })).status, 303)
  const refused = await add({ scope: 'contract', contract: 'N-HIDDEN' })
  assert.equal(refused.status, 422)
  assert.match(refused.body, /このご契約番号はありません/)
  assert.match((await add({ scope: 'service' })).body, /サービス名が選択されていません/)
  assert.equal((await wishes()).length, 4)
  const { body } = await browser.get(paths.mailWishes)
  assert.match(body, /ご契約：N-SEEN/)
  assert.match(body, /参照できるすべてのご契約/)
  assert(!body.includes('N-HIDDEN'))
  const [first] = await wishes()
  await submit(paths.endMailWish, { wish: first?.id ?? '' }, paths.mailWishes)
  assert.equal((await wishes()).length, 3)
})

test('one press on a contract or a service wishes both topics, and one more ends them', async () => {
  await admin.query('delete from mail_wish where user_id = $1', [reader.id])
  const { body: menu } = await browser.get(paths.serviceMenu)
  const service = /href="(\/services\/[^"/]+)"/.exec(menu)?.[1] ?? assert.fail('no service')
  for (const page of [paths.contract({ id: seen.id }), service]) {
    assert.match((await browser.get(page)).body, /故障・工事をメールで受け取る/)
    assert.equal((await submit(paths.setMailWish, {}, page)).location, page)
    assert.match((await browser.get(page)).body, /メール通知を停止する/)
  }
  const about = (await wishes()).map(({ contract, service: of }) => contract ?? of)
  for (const id of [seen.id, seen.serviceId]) assert.equal(about.filter((each) => each === id).length, 2)
  const contract = paths.contract({ id: seen.id })
  await submit(paths.setMailWish, {}, contract)
  assert.equal((await wishes()).length, 2)
  // What is not seen cannot be wished by writing its id.
  await submit(paths.setMailWish, { id: hidden, wanted: 'on' }, contract)
  assert.equal((await wishes()).length, 2)
})

test('the progress of orders is wished by the form, and the press that ends faults and works leaves it', async () => {
  await admin.query('delete from mail_wish where user_id = $1', [reader.id])
  const about = { scope: 'contract', contract: 'N-SEEN', service: '', site: '' }
  assert.equal((await submit(paths.mailWishes, { topic: 'order', ...about })).status, 303)
  assert.match((await browser.get(paths.mailWishes)).body, /ご契約：N-SEEN[\s\S]*お申し込みの進捗/)
  const contract = paths.contract({ id: seen.id })
  assert.match((await browser.get(contract)).body, /故障・工事をメールで受け取る/)
  await submit(paths.setMailWish, {}, contract)
  assert.equal((await wishes()).length, 3)
  await submit(paths.setMailWish, {}, contract)
  assert.deepEqual(
    (await wishes()).map(({ topic }) => topic),
    ['order'],
  )
})

test('there are 200 wishes at most', async () => {
  await admin.query('delete from mail_wish where user_id = $1', [reader.id])
  await admin.query(
    `with s as (insert into site (customer_id, code, name) select $1, gen_random_uuid(), '' from generate_series(1, 199) returning id)
     insert into mail_wish (customer_id, user_id, topic, site_id, made_at) select $1, $2, 'fault', id, now() from s`,
    [reader.customerId, reader.id],
  )
  const full = await submit(paths.mailWishes, { topic: 'both', scope: 'all', service: '', site: '', contract: '' })
  assert.match(full.body, /200件まで/)
  assert.equal((await wishes()).length, 199)
})

test('whoever has the mail ends its wish in one step, from wherever it is sent, and no other', async () => {
  await admin.query('delete from mail_wish where user_id = $1', [reader.id])
  await submit(paths.mailWishes, { topic: 'both', scope: 'all', service: '', site: '', contract: '' })
  const [fault, works] = await wishes()
  assert(fault && works)
  const { customerId } = reader
  const url = new URL(
    unsubscribeUrl(portal.program.secrets, portal.program.config.portalUrl, { customerId, wishId: fault.id }),
  )
  const path = `${url.pathname}${url.search}`
  const visitor = portal.browser()
  const page = await visitor.get(path)
  assert.match(page.body, /メール通知の停止[\s\S]*故障[\s\S]*停止する/)
  assert.equal((await wishes()).length, 2, 'a look ends nothing')
  const forged = path.replace(fault.id, works.id)
  const oneClick = {
    method: 'POST',
    body: 'List-Unsubscribe=One-Click',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://mail.example.com' },
  }
  assert.match((await portal.browser().request(forged, oneClick)).body, /停止しています/)
  assert.equal((await wishes()).length, 2)
  const answer = await portal.browser().request(path, oneClick)
  assert.equal(answer.status, 200)
  assert.match(answer.body, /このメール通知は停止しています/)
  assert.deepEqual(
    (await wishes()).map(({ topic }) => topic),
    ['works'],
  )
  assert.equal((await portal.browser().request(path, oneClick)).status, 200)
  // What else is posted from elsewhere is refused as before.
  assert.equal((await portal.browser().request(paths.signIn, oneClick)).status, 403)
  const unknown = (await visitor.get(`${paths.unsubscribe}?key=x`)).body
  assert.match(unknown, /このメール通知は停止しています/)
})
