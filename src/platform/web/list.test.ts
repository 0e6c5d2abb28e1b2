import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { placePaths, placesPage } from '#test/second-list-page.tsx'
import { secondApp } from '#test/second-site.tsx'
import { cookieOf } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import { TestBrowser } from '#test/test-browser.ts'
import { sheetsIn } from '#test/workbook.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const app = secondApp(portal.program, placesPage)
const { places, placesCsv } = placePaths
const user = await make.user()
const serviceId = await make.service()
// 支店 01 to 支店 25; every fifth has as many contracts as its number says.
await admin.query(
  `insert into site (customer_id, code, name) select $1, 'S' || n, '支店 ' || lpad(n::text, 2, '0') from generate_series(1, 25) n`,
  [user.customerId],
)
await admin.query(
  `insert into contract (customer_id, service_id, site_id, number)
   select t.customer_id, $2, t.id, t.name || '-' || n from site t, generate_series(1, right(t.name, 2)::int) n
   where t.customer_id = $1 and right(t.name, 2)::int % 5 = 0`,
  [user.customerId, serviceId],
)
const browser = await browserOf(user)

async function browserOf(of: MadeUser): Promise<TestBrowser> {
  const own = new TestBrowser(app, portal.program.config.settingsUrl)
  own.cookies.set('__Host-second-session', cookieOf(await signIn(portal, of), 'session') ?? assert.fail())
  return own
}

async function bodyOf(path: string): Promise<string> {
  const { status, body } = await browser.get(path)
  assert.equal(status, 200, path)
  return body
}

const rowsIn = (body: string): string[] =>
  Array.from(body.matchAll(/<th scope="row"[^>]*>支店 (\d\d)/g), ([, name = '']) => name)
const rowsOf = async (query: string): Promise<string[]> => rowsIn(await bodyOf(`${places}?${query}`))
const linkIn = (body: string, label: string): string => {
  const [, href] = new RegExp(`<a [^>]*href="([^"]*)"[^>]*>(?:<[^>]*>)*${label}`).exec(body) ?? assert.fail(label)
  return href?.replaceAll('&amp;', '&') ?? ''
}

test('the head of a column sorts by it, and then turns the order', async () => {
  assert.deepEqual((await rowsOf('size=10')).slice(0, 3), ['01', '02', '03'])
  const byContracts = await bodyOf(linkIn(await bodyOf(`${places}?size=10`), 'ご契約'))
  assert.deepEqual(rowsIn(byContracts).slice(0, 5), ['25', '20', '15', '10', '05'])
  assert.match(byContracts, /aria-sort="descending"/)
  const turned = await bodyOf(linkIn(byContracts, 'ご契約'))
  assert.match(turned, /aria-sort="ascending"/)
  assert.deepEqual(rowsIn(turned).slice(0, 2), ['01', '11'])
  // What is no order is the usual one.
  assert.deepEqual((await rowsOf('sort=code&order=x')).slice(0, 2), ['01', '02'])
  assert.doesNotMatch(turned, /sort=(code|use)/)
})

test('keywords and chips narrow the list; each chip counts what it would list, and lets go again', async () => {
  const body = await bodyOf(`${places}?q=${encodeURIComponent('支店 2')}`)
  // 02, 12, and 20 to 25.
  assert.equal(rowsIn(body).length, 8)
  assert.match(body, /すべて 8<.*利用中 2<.*未使用 6</s)
  const used = await bodyOf(linkIn(body, '利用中'))
  assert.deepEqual(rowsIn(used), ['20', '25'])
  assert.match(used, /合計 <b>2<\/b> 件（全25件中）/)
  assert.match(used, /すべて 8</)
  assert.equal(rowsIn(await bodyOf(linkIn(used, '利用中'))).length, 8)
  const none = await bodyOf(`${places}?q=nowhere&use=used`)
  assert.match(none, /条件に合う拠点がありません/)
  assert.equal(rowsIn(await bodyOf(linkIn(none, '絞り込みを解除する'))).length, 20)
})

test('pages follow the rows at their edges, from either end', async () => {
  const first = await bodyOf(`${places}?size=10`)
  const [, next = ''] = /href="([^"]*after=[^"]*)"/.exec(first) ?? []
  const second = await bodyOf(next.replaceAll('&amp;', '&'))
  assert.equal(rowsIn(second)[0], '11')
  const last = await bodyOf(`${places}?size=10&end=true&page=3`)
  assert.deepEqual(rowsIn(last), ['21', '22', '23', '24', '25'])
  for (const query of ['after=x&page=2', 'after=a~b~c&page=2', 'after=%2500~x&page=2', 'before=~&page=2', 'page=9'])
    assert.equal((await browser.get(`${places}?size=10&${query}`)).status, 200, query)
})

test('the number of rows can be changed again and again', async () => {
  let body = await bodyOf(`${places}?use=unused`)
  for (const size of ['10', '50', '20']) {
    const form = /<form [^>]*data-send-on-change.*?<\/form>/s.exec(body)?.[0] ?? assert.fail('no form')
    // As a browser sends it: field by field, the choice where it stands.
    const fields = Array.from(form.matchAll(/<(?:input|select) [^>]*name="([^"]*)"(?: value="([^"]*)")?/g))
    const query = fields.map(([, name = '', value]): [string, string] => [
      name,
      name === 'size' && !value ? size : (value ?? ''),
    ])
    body = await bodyOf(`${places}?${new URLSearchParams(query)}`)
    assert.match(body, new RegExp(`<option value="${size}" selected`))
    assert.equal(rowsIn(body).length, Math.min(Number(size), 20))
  }
})

test('the file has the columns that are told, and the rows that are listed', async () => {
  const { body, headers } = await browser.get(`${placesCsv}?use=used&sort=contracts&order=turned&size=10&page=2`)
  assert.match(nameIn(headers), /^拠点一覧_.+_\d{4}-\d\d-\d\d\.csv$/)
  assert.deepEqual(body.replace('\uFEFF', '').trimEnd().split('\r\n'), [
    '"拠点","コード","利用状況","ご契約"',
    ...['05', '10', '15', '20', '25'].map((n) => `"支店 ${n}","S${Number(n)}","利用中","${Number(n)}"`),
  ])
})

test('the same is to be had as a workbook, whose name says whose it is and when it was made', async () => {
  await admin.query('update customer set name = $2 where id = $1', [user.customerId, '(株)山田/電設 "本店"'])
  const { bytes, headers } = await browser.get(
    `${placesCsv.replace('.csv', '.xlsx')}?use=used&sort=contracts&order=turned&size=10&page=2`,
  )
  assert.equal(headers.get('content-type'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  assert.match(nameIn(headers), /^拠点一覧_\(株\)山田 電設  本店_\d{4}-\d\d-\d\d\.xlsx$/)
  // What RFC 8187 allows in a name that is not quoted.
  assert.match(headers.get('content-disposition') ?? '', /''[\w%.-]+$/)
  assert.deepEqual(sheetsIn(bytes).get('拠点一覧'), [
    ['拠点', 'コード', '利用状況', 'ご契約'],
    ...['05', '10', '15', '20', '25'].map((n) => [`支店 ${n}`, `S${Number(n)}`, '利用中', Number(n)]),
  ])
  const page = await bodyOf(`${places}?use=used`)
  assert.match(page, /href="\/places\.csv\?use=used"[^]*href="\/places\.xlsx\?use=used"/)
})

function nameIn(headers: Headers): string {
  const [, name] = /^attachment; filename\*=UTF-8''(.*)$/.exec(headers.get('content-disposition') ?? '') ?? []
  return decodeURIComponent(name ?? assert.fail('no name'))
}

test('a list without a row says so, and nobody else comes in', async () => {
  const newcomer = await browserOf(await make.user())
  assert.match((await newcomer.get(places)).body, /拠点はありません/)
  const stranger = new TestBrowser(app, portal.program.config.settingsUrl)
  for (const path of [places, placesCsv, '/places.xlsx']) assert.equal((await stranger.get(path)).status, 303)
})
