import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { planOf } from '#test/plan.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'

// A history of which no page counts all, or reads more than it must.

const changes = 1500
const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
let browser: TestBrowser

before(async () => {
  const reader = await make.user({ role: 'portal-administrator' })
  // The oldest three are about groups, all others about contracts; three of each moment.
  await admin.query(
    `insert into change_history (customer_id, at, actor_name, action, subject_kind, subject_name, before, after)
     select $1, timestamptz '2026-11-01 00:00:00.5Z' + n / 3 * interval '1 minute', '佐藤', 'contract-memo-changed',
       case when n < 3 then 'user-group' else 'contract' end, 'N' || n, '{"memo": "本社"}', '{"memo": "大阪"}' from generate_series(0, $2 - 1) n`,
    [reader.customerId, changes],
  )
  await admin.query('vacuum analyze change_history')
  browser = await signIn(await testPortal(database), reader)
})

const namesIn = (body: string): string[] => [...body.matchAll(/<td[^>]*>(N\d+)<\/td>/g)].map(([, name = '']) => name)
const linkOf = (body: string, label: string): string | undefined =>
  new RegExp(`<a href="([^"]*)"><span[^>]*>.</span><span[^>]*>${label}`).exec(body)?.[1]?.replaceAll('&amp;', '&')

test('what is not counted to its end says so, and is read to its end all the same, and back', async () => {
  let page = await browser.get('/change-history?size=100')
  assert.match(page.body, /合計 <b>1,000<\/b> 件以上/)
  assert.match(page.body, /すべて 1,000以上/)
  // None of the rows that were counted is about a group, and yet there are some.
  assert.match(page.body, /ユーザーグループ 0以上/)
  assert.equal(linkOf(page.body, '最後のページ'), undefined)
  const there: string[][] = []
  for (let next: string | undefined = ''; next !== undefined; next = linkOf(page.body, '次のページ')) {
    if (next) page = await browser.get(next)
    there.push(namesIn(page.body))
  }
  assert.deepEqual(
    there.flat(),
    Array.from({ length: changes }, (_, n) => `N${changes - 1 - n}`),
  )
  const back: string[][] = [there.at(-1) ?? []]
  for (let to = linkOf(page.body, '前のページ'); to !== undefined; to = linkOf(page.body, '前のページ')) {
    page = await browser.get(to)
    back.unshift(namesIn(page.body))
  }
  assert.deepEqual(back, there)
})

test('a kind that begins further back is found, and so is a keyword', async () => {
  const groups = await browser.get('/change-history?kind=user-group')
  assert.deepEqual(namesIn(groups.body), ['N2', 'N1', 'N0'])
  const found = await browser.get('/change-history?q=N1499')
  assert.deepEqual(namesIn(found.body), ['N1499'])
  assert.match(found.body, /合計 <b>1<\/b> 件以上（全1,000件以上中）/)
})

test('the page is read from the index in order, and the counting ends early', async () => {
  await browser.get('/change-history')
  const text = database.statements.findLast((statement) => statement.includes('change_history h'))
  const nodes = await planOf(admin, text)
  assert.deepEqual(
    nodes.filter((node) => node['Relation Name'] === 'change_history').map((node) => node['Index Name']),
    ['change_history_newest', 'change_history_newest', 'change_history_newest'],
  )
  assert.deepEqual(
    nodes.filter((node) => node['Node Type'] === 'Sort' && JSON.stringify(node).includes('change_history')),
    [],
  )
})
