import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import ipaddr from 'ipaddr.js'
import { holds } from '#features/address-limits/networks.ts'
import { addressOf } from '#platform/web/client.ts'
import { apply, limit, outside } from '#test/address-limits.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { copyCookies } from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

interface World {
  administrator: MadeUser
  other: MadeUser
  browser: TestBrowser
}

async function makeWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator', name: '山田' })
  const { customerId } = administrator
  const other = await make.user({ customerId, role: 'portal-administrator', name: '佐藤' })
  return { administrator, other, browser: await signIn(portal, administrator) }
}

test('wrong lines are named, and a click makes of one what was meant; the own address is added by a click', async () => {
  const { browser } = await makeWorld()
  const list = '203.0.113.5/24 東京\n10/8\nx'
  const { status, body } = await apply(browser, list)
  assert.equal(status, 422)
  for (const text of ['1行目, 2行目, 3行目', '203.0.113.0/24 に直す', '10.0.0.0/8 に直す'])
    assert(body.includes(text), text)
  for (const place of [1, 2, 3]) assert(body.includes(`id="field-network.${place}-problem"`), String(place))
  assert.deepEqual(rowsShown(body), [
    ['203.0.113.5/24', '東京'],
    ['10/8', ''],
    ['x', ''],
  ])
  const fixed = await browser.post(paths.addressLimits, { isOn: 'on', list, task: 'fix-2' })
  assert.deepEqual(rowsShown(fixed.body), [
    ['203.0.113.5/24', '東京'],
    ['10.0.0.0/8', ''],
    ['x', ''],
  ])
  const added = await browser.post(paths.addressLimits, { isOn: 'off', list: '203.0.113.0/24', task: 'add-own' })
  assert.deepEqual(rowsShown(added.body), [
    ['203.0.113.0/24', ''],
    ['192.0.2.1', ''],
  ])
  assert.equal((await apply(browser, '')).status, 422)
  const many = Array.from({ length: 101 }, (_, at) => `198.51.100.${at}`).join('\n')
  assert.match((await apply(browser, many)).body, /100件まで/)
})

/** Each row of the form: the network, and what it is. */
function rowsShown(body: string): string[][] {
  const inputs = body.match(/<input[^>]*>/g) ?? []
  const valueOf = (name: string, place: number): string | undefined => {
    const input = inputs.find((each) => each.includes(`name="${name}.${place}"`))
    return input && (/ value="([^"]*)"/.exec(input)?.[1] ?? '')
  }
  const rows: string[][] = []
  for (let place = 1; valueOf('network', place) !== undefined; place++)
    rows.push([valueOf('network', place) ?? '', valueOf('description', place) ?? ''])
  return rows
}

test('a network is a row with what it is: added, changed, removed, and several pasted at once, by buttons alone', async () => {
  const { browser } = await makeWorld()
  const rows = {
    'network.1': '203.0.113.0/24',
    'description.1': '東京本社',
    'network.2': '192.0.2.1',
    'description.2': '',
  }
  const post = (task: string, more: Record<string, string> = {}) =>
    browser.post(paths.addressLimits, { isOn: 'on', ...rows, list: '', task, ...more })
  assert.deepEqual(rowsShown((await post('add-row')).body).length, 3)
  assert.deepEqual(rowsShown((await post('remove-1')).body), [['192.0.2.1', '']])
  assert.deepEqual(
    rowsShown((await post('add-lines', { list: '198.51.100.0/25\t大阪支店\r\n2001:db8::/32, 寮' })).body),
    [
      ['203.0.113.0/24', '東京本社'],
      ['192.0.2.1', ''],
      ['198.51.100.0/25', '大阪支店'],
      ['2001:db8::/32', '寮'],
    ],
  )
  // An empty row is none, and what still stands below the rows is meant.
  const applied = await post('apply', { 'network.3': '', 'description.3': '', list: '198.51.100.0/25 大阪支店' })
  assert.equal(applied.location, paths.addressLimits)
  const { body } = await browser.get(paths.addressLimits)
  for (const text of ['203.0.113.0/24', '東京本社', '192.0.2.1/32', '大阪支店']) assert(body.includes(text), text)
  const other = await makeWorld()
  const twice = await other.browser.post(paths.addressLimits, {
    isOn: 'on',
    ...rows,
    'network.3': '192.0.2.1',
    'description.3': '自宅',
    task: 'apply',
  })
  assert.equal(twice.status, 422)
  assert(
    twice.body.includes('id="field-network.3-problem"') && twice.body.includes('同じネットワークの行がすでにあります'),
  )
})

test('before it hurts, the page says who has logged in from where the list would refuse', async () => {
  const { administrator, other, browser } = await makeWorld()
  await signIn(portal, other, portal.browser({ ip: outside }))
  await limit(browser, administrator, other)
  const look = await browser.post(paths.addressLimits, { isOn: 'on', list: '192.0.2.0/24', task: 'look' })
  assert.match(look.body, /「制限あり」のユーザー1名が[\s\S]*佐藤[\s\S]*198\.51\.100\.9/)
  const both = await browser.post(paths.addressLimits, { isOn: 'on', list: '203.0.113.0/24', task: 'look' })
  assert.match(both.body, /「制限あり」のユーザー2名が/)
  assert.match((await browser.get(paths.limitedUsers)).body, /全2名のうち2名が「制限あり」/)
  const away = copyCookies(browser, portal.browser({ ip: outside }))
  assert.equal((await away.get(paths.serviceMenu)).status, 200, 'looking has changed nothing')
})

test('what a chain of proxies says is judged as the address it stands for', () => {
  const trusted = ['10.0.0.0/8', '2001:db8:ffff::/48'].map((network) => ipaddr.parseCIDR(network))
  const list = ['192.0.2.0/24', '2001:db8:1::/48']
  const isAllowed = (peer: string, forwarded?: string): boolean => {
    const ip = addressOf(peer, forwarded, trusted)
    return list.some((network) => holds(network, ip))
  }
  assert(isAllowed('192.0.2.7'))
  assert(isAllowed('::ffff:192.0.2.7'))
  assert(isAllowed('10.0.0.1', '192.0.2.7'))
  assert(isAllowed('::ffff:10.0.0.1', '::ffff:192.0.2.7, 10.1.1.1'))
  assert(isAllowed('2001:db8:ffff::1', '2001:db8:1::7'))
  // Whoever is not a proxy of ours may say what they like.
  assert(!isAllowed('198.51.100.1', '192.0.2.7'))
  assert(!isAllowed('10.0.0.1', '192.0.2.7, 198.51.100.1'))
  // What cannot be read is nobody's.
  for (const said of ['unknown', '192.0.2.7:443', '', '192.0.2.7, unknown']) assert(!isAllowed('10.0.0.1', said), said)
})
