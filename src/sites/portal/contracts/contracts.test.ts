import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
await admin.query('create sequence number')
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

interface Given {
  user: MadeUser
  numbers: string[]
}

/** Somebody who sees so many contracts, of one service, with these memos in turn. */
async function customerWith(contracts: number, memos = ['']): Promise<Given> {
  const user = await make.user()
  const { customerId } = user
  const serviceId = await make.service({ name: 'クラウドPBX' })
  const { rows } = await admin.query<{ number: string }>(
    `insert into contract (customer_id, number, service_id, memo)
     select $1, 'N' || lpad(nextval('number')::text, 9, '0'), $2, ($3::text[])[1 + n % cardinality($3::text[])]
     from generate_series(0, $4 - 1) n returning number`,
    [customerId, serviceId, memos, contracts],
  )
  await make.group({ customerId, rights: [{ serviceId, level: 'edit' }], members: [user.id] })
  return { user, numbers: rows.map(({ number }) => number).toSorted() }
}

/** Of the rows of a list or a file; the addresses of other pages name some, too. */
const numbersIn = (text: string): string[] =>
  [...text.matchAll(/(?:>|,")(N\d{9})[<"]/g)].map(([, number = '']) => number).toSorted()

test('a word that more than a thousand contracts hold is counted no further, and leads on page by page', async () => {
  const { user, numbers } = await customerWith(1100, ['共通の語'])
  await make.group({ customerId: user.customerId, rights: [{ level: 'view' }], members: [user.id] })
  const browser = await signIn(portal, user)
  const path = `/contracts?size=20&q=${encodeURIComponent('共通')}`
  for (const page of [0, 1]) {
    const { body } = await browser.get(page === 0 ? path : (hrefOf((await browser.get(path)).body, '次のページ') ?? ''))
    assert.match(body, /合計 <b>1,000<\/b> 件以上（全1,100件中）/)
    assert.deepEqual(numbersIn(body), numbers.slice(20 * page, 20 * (page + 1)))
    assert.equal(hrefOf(body, '最後のページ'), undefined)
  }
  const english = await browser.get(`${path}&lang=en`)
  assert.match((await browser.get(english.location || path)).body, /1,000<\/b>\s+or more \(of 1,100\)/)
  const csv = await browser.get(path.replace('/contracts', '/contracts.csv'))
  assert.deepEqual(numbersIn(csv.body), numbers)
})

test('the pages of the list lead through all contracts, each once, and back', async () => {
  const { user, numbers } = await customerWith(45)
  const browser = await signIn(portal, user)
  const seen: string[][] = []
  let path = '/contracts?size=20'
  for (let page = 0; page < 3; page++) {
    const { body } = await browser.get(path)
    assert.match(body, /合計 <b>45<\/b> 件/)
    seen.push(numbersIn(body))
    path = hrefOf(body, '次のページ') ?? ''
  }
  assert.equal(path, '')
  assert.deepEqual(seen.flat(), numbers)
  const last = (await browser.get('/contracts?size=20&page=3&end=true')).body
  assert.deepEqual(numbersIn(last), numbers.slice(40))
  const previous = (await browser.get(hrefOf(last, '前のページ') ?? '')).body
  assert.deepEqual(numbersIn(previous), numbers.slice(20, 40))
})

function hrefOf(body: string, label: string): string | undefined {
  const link = new RegExp(`<a href="([^"]*)"><span aria-hidden="true">.</span><span class="visually-hidden">${label}`)
  return link.exec(body)?.[1]?.replaceAll('&amp;', '&')
}

test('a page whose rows have gone leads to the first one', async () => {
  const { user } = await customerWith(11)
  const browser = await signIn(portal, user)
  const second = hrefOf((await browser.get('/contracts?size=10&q=N')).body, '次のページ') ?? ''
  await admin.query(
    `update contract set ended_on = '2020-01-01' where number = (select max(number) from contract where customer_id = $1)`,
    [user.customerId],
  )
  const { body } = await browser.get(second)
  assert.match(body, /このページに表示する項目はなくなりました/)
  const href = /href="([^"]*)"[^>]*>最初のページを表示する/.exec(body)?.[1]?.replaceAll('&amp;', '&')
  assert.equal(numbersIn((await browser.get(href ?? '')).body).length, 10)
})

test('whatever stands in the address, the list answers', async () => {
  const { user } = await customerWith(3)
  const browser = await signIn(portal, user)
  for (const query of [
    'size=7&page=x',
    'size=1e9',
    'page=999999999999',
    'page=2&after=',
    'page=2&after=%25',
    'page=2&after=4',
    'page=2&after=9~N1',
    'page=2&before=4~N1~2',
    'page=2&after=0~%2500',
    'page=-1&end=true',
    'page=900&end=true',
    'status=broken&sort=memo&order=up',
    `q=${encodeURIComponent("'); drop table contract; --")}`,
    `q=${'x'.repeat(5000)}`,
    'q=%EF%BF%BF',
    'q=%5C&q=%25',
    'sort=site&page=2&after=~N1',
  ])
    assert.equal((await browser.get(`/contracts?${query}`)).status, 200, query)
  assert.equal((await browser.get('/contracts?service=unknown')).status, 404)
  assert.equal((await browser.get('/contracts?q=%00')).status, 400)
})

test('the CSV holds all that is listed, as text for spreadsheets', async () => {
  const memos = ['=1+1', '+81', '-2', '@x', '\tx', 'a "b", c', '改行\nあり', 'a;=1+1;b', '\u200b=1', '営業部']
  const { user, numbers } = await customerWith(2500, memos)
  const browser = await signIn(portal, user)
  const { status, headers, body } = await browser.get('/contracts.csv')
  assert.equal(status, 200)
  assert.equal(headers.get('content-type'), 'text/csv; charset=utf-8')
  assert.match(headers.get('content-disposition') ?? '', /^attachment; filename\*=UTF-8''%E3%81%94.*\.csv$/)
  assert.equal(headers.get('cache-control'), 'no-store')
  const [head, ...rows] = body.split('\r\n')
  assert.equal(head, '"運用状況","ご契約番号","グループ番号","サービス名","拠点","メモ"')
  assert.equal(rows.pop(), '')
  assert.equal(rows.length, 2500)
  assert.deepEqual(numbersIn(body), numbers)
  assert.doesNotMatch(body, /(^|[,;])"?[\u200b]?[=+@\t-]/m)
  assert(body.includes(`"a;'=1+1;b"`))
  const filtered = (await browser.get(`/contracts.csv?q=${encodeURIComponent('営業')}`)).body
  assert.equal(filtered.split('\r\n').length, 2 + Math.floor(2500 / memos.length))
})

test('nothing of another customer is in the list, found, or in the CSV', async () => {
  const mine = await customerWith(3, ['共通の言葉'])
  const other = await customerWith(3, ['共通の言葉'])
  const browser = await signIn(portal, mine.user)
  for (const path of ['/contracts', `/contracts?q=${encodeURIComponent('共通')}`, '/contracts.csv'])
    assert.deepEqual(numbersIn((await browser.get(path)).body), mine.numbers, path)
  const found = await browser.get(`/contracts?q=${other.numbers[0]}`)
  assert.match(found.body, /条件に合うご契約がありません/)
  assert.equal((await portal.browser().get('/contracts.csv')).status, 303)
})

test('a download ends when the session does', async () => {
  const { user } = await customerWith(2500)
  const browser = await signIn(portal, user)
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const response = await portal.app.request(
    new Request(new URL('/contracts.csv', portal.program.config.portalUrl), { headers: { cookie } }),
    undefined,
    { incoming: { socket: { remoteAddress: '192.0.2.1' } } },
  )
  const reader = response.body?.getReader() ?? assert.fail('no body')
  await reader.read()
  await browser.post('/logout', {}, { from: '/services' })
  await assert.rejects(async () => {
    for (;;) if ((await reader.read()).done) return
  }, /broken off/)
})

test('somebody without a right is told why there is nothing', async () => {
  const user = await make.user()
  assert.match((await (await signIn(portal, user)).get('/contracts')).body, /どのユーザーグループにも所属していません/)
  await make.group({ customerId: user.customerId, name: '空の集まり', members: [user.id] })
  assert.match((await (await signIn(portal, user)).get('/contracts')).body, /（空の集まり）/)
})
