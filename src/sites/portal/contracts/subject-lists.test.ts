import assert from 'node:assert/strict'
import { brotliCompressSync } from 'node:zlib'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type Make, type MadeUser, makerOf, signIn } from '#test/make.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { sheetsIn } from '#test/workbook.ts'
import { paths } from '../paths.ts'

const lists = [paths.orders, paths.tickets, paths.incidents]

let database: TestDatabase
let portal: TestPortal
let make: Make
let user: MadeUser
let browser: TestBrowser
let contractId: string
let codes: { seen: string; unseen: string }

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  make = makerOf(database)
  user = await make.user()
  const { customerId } = user
  const [seen, unseen] = [await make.service({ name: '見える電話' }), await make.service({ name: '見えない電話' })]
  contractId = await make.contract({ customerId, serviceId: seen, number: 'N100000001' })
  const hidden = await make.contract({ customerId, serviceId: unseen, number: 'N100000002' })
  for (let at = 0; at < 25; at++) {
    await make.order({ customerId, contractId, title: `東京本社 内線${at}番号の追加のお申し込み` })
    await make.ticket({ customerId, contractId, title: `大阪支店で転送${at}の設定を知りたい` })
  }
  await make.fault({ customerId, contractId })
  await make.order({ customerId, contractId: hidden, title: '隠れた注文' })
  await make.ticket({ customerId, contractId: hidden, title: '隠れた質問' })
  await make.fault({ customerId, contractId: hidden })
  await make.group({ customerId, members: [user.id], rights: [{ serviceId: seen, level: 'view' }] })
  codes = { seen: await codeOf(seen), unseen: await codeOf(unseen) }
  browser = await signIn(portal, user)
})
after(() => database[Symbol.asyncDispose]())

async function codeOf(serviceId: string): Promise<string> {
  const rows = await database.operator.transaction((tx) =>
    tx.selectFrom('service').where('id', '=', serviceId).select('code').execute(),
  )
  return rows[0]?.code ?? assert.fail('no such service')
}

const bodyOf = async (path: string, who = browser): Promise<string> => {
  const { status, body } = await who.get(path)
  assert.equal(status, 200, path)
  return body
}

test('whatever the address of a list says, it is a list or not found', async () => {
  const odd = [
    'q=%25&size=7',
    "q='",
    'size=-1',
    'state=x&kind=x&phase=x',
    'sort=x&order=x',
    'after=x~y&page=2',
    'after=2026-99-99~A&page=2',
    'after=9999999999999999999~A&page=2',
    'before=Infinity~A&page=2',
    'after=open~1.5~A&page=2',
    'after=1~1~A&page=2',
    'after=1.5~1~A&page=2',
    'after=Infinity~1~A&page=2',
    'after=1~%2500&page=2',
    'sort=state&after=nothing~A&page=2',
    'sort=contract&after=N1~A&page=2',
    'end=true&page=9',
    'after=%E0%A4%A&page=2',
    `q=${'x'.repeat(3000)}`,
  ]
  for (const path of lists) {
    for (const query of odd) assert.equal((await browser.get(`${path}?${query}`)).status, 200, `${path}?${query}`)
    for (const service of [codes.unseen, 'nothing', "'"])
      assert.equal((await browser.get(`${path}?${new URLSearchParams({ service })}`)).status, 404)
  }
})

test('a list shows 20 rows, leads on, and is light', async () => {
  for (const path of [paths.orders, paths.tickets]) {
    const body = await bodyOf(`${path}?service=${codes.seen}`)
    assert.equal(body.match(/<tr role="row"/g)?.length, 21)
    assert.match(body, /合計 <b>25<\/b>/)
    assert.doesNotMatch(body, /隠れた|見えない電話/)
    assert.match(body, /見える電話/)
    const weight = brotliCompressSync(body).byteLength
    assert(weight <= 8 * 1024, `${path}: ${weight}`)
    const [, next = ''] = /href="([^"]*after=[^"]*)"/.exec(body) ?? []
    assert.equal((await bodyOf(next.replaceAll('&amp;', '&'))).match(/<tr role="row"/g)?.length, 6)
  }
})

test('an empty list says why: nothing matches, nothing has been, or nothing may be seen', async () => {
  const { customerId } = user
  const serviceId = await make.service()
  const [fresh, newcomer] = [await make.user({ customerId }), await make.user({ customerId })]
  await make.contract({ customerId, serviceId })
  await make.group({ customerId, members: [fresh.id], rights: [{ serviceId, level: 'view' }] })
  const [ofFresh, ofNewcomer] = [await signIn(portal, fresh), await signIn(portal, newcomer)]
  for (const path of lists) {
    assert.match(await bodyOf(`${path}?q=どこにもない`), /条件に合う.*絞り込みを解除する/s)
    assert.match(await bodyOf(path, ofFresh), /はありません.*href="\/contact"/s)
    assert.match(await bodyOf(path, ofNewcomer), /どのユーザーグループにも所属していません/)
  }
})

test('what is about a contract that has ended leads to no page of it', async () => {
  const { customerId } = user
  const other = await make.user({ customerId })
  const serviceId = await make.service()
  const ended = await make.contract({ customerId, serviceId, number: 'N100000009' })
  const [orderId, faultId] = [
    await make.order({ customerId, contractId: ended }),
    await make.fault({ customerId, contractId: ended }),
  ]
  await make.group({ customerId, members: [other.id], rights: [{ contractId: ended, level: 'view' }] })
  const theirs = await signIn(portal, other)
  const path = paths.order({ id: orderId })
  assert.match(await bodyOf(path, theirs), new RegExp(`href="/contracts/${ended}"`))
  await database.operator.transaction((tx) =>
    tx.updateTable('contract').set({ ended_on: '2026-01-01' }).where('id', '=', ended).execute(),
  )
  const body = await bodyOf(path, theirs)
  assert.match(body, /N100000009/)
  assert.doesNotMatch(body, new RegExp(ended))
  assert.equal((await theirs.get(paths.incident({ id: faultId }))).status, 404)
})

test('the contact page shows the general window, those of services that are seen, and the newest five tickets', async () => {
  const window = (ja: string) =>
    JSON.stringify({ name: { ja, en: ja }, phone: '0120-000-001', url: 'https://example.com/ask' })
  const admin = superuserOf(database)
  await admin.query('update operator set contact_window = $1', [window('総合の窓口')])
  await admin.query('update service set contact_window = $1 where code = $2', [window('見える窓口'), codes.seen])
  await admin.query('update service set contact_window = $1 where code = $2', [window('見えない窓口'), codes.unseen])
  await admin.end()
  const body = await bodyOf(paths.contact)
  assert.match(body, /見える窓口/)
  assert.match(body, /総合の窓口/)
  assert.match(body, /href="tel:0120000001"/)
  assert.doesNotMatch(body, /見えない窓口|隠れた/)
  assert.equal(body.match(/href="\/tickets\/[\w-]{36}"/g)?.length, 5)
  const newcomer = await signIn(portal, await make.user({ customerId: user.customerId }))
  const bare = await bodyOf(paths.contact, newcomer)
  assert.match(bare, /総合の窓口/)
  assert.doesNotMatch(bare, /見える窓口|href="\/tickets\/[\w-]{36}"/)
})

test('an order shows its steps, and a cancelled one that it was cancelled', async () => {
  const { customerId } = user
  const id = await make.order({ customerId, contractId })
  const path = paths.order({ id })
  const body = await bodyOf(path)
  const steps = [...body.matchAll(/progress-(done|current|to-come)"/g)].map(([, state]) => state)
  assert.deepEqual(steps, ['done', 'done', 'current', 'to-come', 'to-come'])
  assert.match(body, /aria-current="step"/)
  const states = { completed: /提供を開始しました。/, cancelled: /このお申し込みは取り消されました/ } as const
  for (const [state, says] of Object.entries(states)) {
    const admin = superuserOf(database)
    await admin.query('update contract_order set state = $1 where id = $2', [state, id])
    await admin.end()
    const now = await bodyOf(path)
    assert.match(now, says)
    assert.equal(now.match(/progress-done"/g)?.length ?? 0, state === 'completed' ? 5 : 0)
  }
})

test('the files hold all fields of all that is listed, and of nothing else', async () => {
  const rowsOf = async (path: string): Promise<Record<string, unknown>[]> => {
    const { status, bytes } = await browser.get(path)
    assert.equal(status, 200, path)
    const [[head = [], ...rows] = []] = sheetsIn(bytes).values()
    return rows.map((row) => Object.fromEntries(head.map((label, at) => [String(label).replace(/ .*/, ''), row[at]])))
  }
  const subject = { サービス名: '見える電話', ご契約番号: 'N100000001', 拠点: null }
  const orders = await rowsOf(`/orders.xlsx?q=${encodeURIComponent('内線 番号')}`)
  assert.equal(orders.length, 25)
  for (const { お申し込み: title, お申し込み番号: code, お申し込み日: day, ...row } of orders) {
    assert.match(String(title), /^東京本社 内線\d+番号の追加のお申し込み$/)
    assert(code)
    assert.match(String(day), /^\d{4}-\d\d-\d\d$/)
    assert.deepEqual(
      { ...row, 最終更新: undefined },
      { ...subject, 進捗状況: row['進捗状況'], 提供予定日: row['提供予定日'], 最終更新: undefined },
    )
  }
  const [ticket, ...others] = await rowsOf(`/tickets.xlsx?q=${encodeURIComponent('転送7の')}`)
  assert.deepEqual(others, [])
  assert.deepEqual(
    [ticket?.['お問い合わせ'], ticket?.['サービス名'], ticket?.['ご契約番号']],
    ['大阪支店で転送7の設定を知りたい', '見える電話', 'N100000001'],
  )
  for (const label of ['受付番号', '種類', '状況', '受付日', '最終更新']) assert(ticket?.[label], label)
  const incidents = await rowsOf('/incidents.xlsx')
  assert.equal(incidents.length, 1)
  for (const label of ['管理番号', '種類', '状況', '内容', '開始日時', '最終更新']) assert(incidents[0]?.[label], label)
  // Of nothing that the user may not see, in whatever form.
  for (const list of lists)
    for (const ending of ['.csv', '.xlsx']) {
      const { body, bytes } = await browser.get(list + ending)
      const text = ending === '.csv' ? body : JSON.stringify([...sheetsIn(bytes)])
      assert(text.includes('N100000001'), list)
      assert.doesNotMatch(text, /隠れた|N100000002|見えない/)
    }
})
