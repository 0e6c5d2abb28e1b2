import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type Make, type MadeUser, makerOf, signIn } from '#test/make.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

let database: TestDatabase
let portal: TestPortal
let make: Make
let admin: pg.Pool
let administrator: MadeUser
let administers: TestBrowser
let reader: TestBrowser
/** With an id by name. */
let sites: Record<string, string>

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  make = makerOf(database)
  admin = superuserOf(database)
  administrator = await make.user({ role: 'portal-administrator' })
  administers = await signIn(portal, administrator)
  const { customerId } = administrator
  const user = await make.user({ customerId })
  const [seen, hidden] = [await make.service(), await make.service()]
  sites = {}
  for (const name of ['大阪支店', '名古屋支店', '秘密研究所']) sites[name] = await makeSite(customerId, name)
  const at = async (name: string, serviceId: string): Promise<string> => {
    const id = await make.contract({ customerId, serviceId })
    await admin.query('update contract set site_id = $1 where id = $2', [sites[name], id])
    return id
  }
  await at('大阪支店', seen)
  await make.fault({ customerId, contractId: await at('大阪支店', hidden) })
  await make.fault({ customerId, contractId: await at('名古屋支店', seen) })
  await at('秘密研究所', hidden)
  await admin.query('select refresh_contract_status(now())')
  await make.group({ customerId, members: [user.id], rights: [{ serviceId: seen, level: 'view' }] })
  reader = await signIn(portal, user)
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

async function makeSite(customerId: string, name: string): Promise<string> {
  const { rows } = await admin.query<{ id: string }>(
    'insert into site (customer_id, code, name) values ($1, gen_random_uuid(), $2) returning id',
    [customerId, name],
  )
  return rows[0]?.id ?? assert.fail(name)
}

const setPlace = (name: string, values: Record<string, string>): Promise<Answer> =>
  administers.post(placePath(name), { position: '', address: '', ...values })

const placePath = (name: string): string => paths.sitePlace({ id: sites[name] ?? '' })

/** What marks on the map say. */
const marksIn = (body: string): string[] =>
  [
    ...(/<svg viewBox="0 0 650[\s\S]*?<\/svg>/.exec(body)?.[0] ?? '').matchAll(/<a href="[^"]*" aria-label="([^"]*)"/g),
  ].map(([, label = '']) => label)

test('a site stands on the map as its administrator says, with the worst status of the contracts that the reader may see', async () => {
  assert.deepEqual(marksIn((await reader.get(paths.networkMap)).body), [])
  for (const [name, prefecture] of [
    ['大阪支店', '27'],
    ['名古屋支店', '23'],
    ['秘密研究所', '1'],
  ] as const)
    assert.equal((await setPlace(name, { prefecture })).location, paths.networkMapSettings)
  const { body } = await reader.get(paths.networkMap)
  // Osaka has a fault, in a contract that is none of the reader's business.
  assert.deepEqual(marksIn(body).toSorted(), ['名古屋支店、故障', '大阪支店、正常'])
  assert(!body.includes('秘密研究所'))
  assert.match(body, /<th scope="row"[^>]*>名古屋支店/)
})

test('an administrator sets places of sites whatever contracts they see, and sees none of these on the map', async () => {
  const list = await administers.get(paths.networkMapSettings)
  assert(list.body.includes('秘密研究所'))
  assert(!(await administers.get(paths.networkMap)).body.includes('秘密研究所'))
  assert.equal((await reader.get(paths.networkMapSettings)).status, 403)
  assert.equal((await reader.get(placePath('大阪支店'))).status, 403)
})

test('the map is enlarged to one prefecture or several, and what is none shows all of Japan', async () => {
  const osaka = await reader.get(`${paths.networkMap}?area=27`)
  assert.deepEqual(marksIn(osaka.body), ['大阪支店、正常'])
  assert.match(osaka.body, /aria-label="大阪府の拠点"/)
  const both = await reader.get(`${paths.networkMap}?area=23-27`)
  assert.equal(marksIn(both.body).length, 2)
  for (const area of ['', '0', '48', '99999999999', 'x', "'", '23-x', '1e1', '-'.repeat(2000)]) {
    const { status, body } = await reader.get(`${paths.networkMap}?area=${area}`)
    assert.equal(status, 200, area)
    if (area !== '23-x') assert.match(body, /日本地図上の拠点/, area)
  }
  for (let code = 1; code <= 47; code++)
    assert.equal((await reader.get(`${paths.networkMap}?area=${code}`)).status, 200)
})

test('a position is set by an address that was pasted, shown again, and removed', async () => {
  const address = 'https://www.openstreetmap.org/#map=17/34.70249/135.49595'
  await setPlace('大阪支店', { prefecture: '27', position: address, address: '大阪市北区' })
  const { body } = await administers.get(placePath('大阪支店'))
  assert.match(body, /value="34\.70249, 135\.49595"/)
  assert((await reader.get(paths.networkMap)).body.includes('大阪市北区'))
  const refused = await setPlace('大阪支店', { prefecture: '27', position: 'どこか' })
  assert.equal(refused.status, 422)
  assert.match(refused.body, /緯度・経度は35\.6894, 139\.6917の形式で入力してください/)
  assert.match(refused.body, /value="どこか"/)
  const nowhere = await setPlace('大阪支店', { prefecture: '', position: '34.7, 135.5' })
  assert.match(nowhere.body, /都道府県を選択してください/)
  assert.equal((await setPlace('大阪支店', { prefecture: '48' })).status, 422)
  await setPlace('大阪支店', { prefecture: '', position: '', address: '' })
  assert.deepEqual(marksIn((await reader.get(paths.networkMap)).body), ['名古屋支店、故障'])
  const history = await administers.get(paths.changeHistory)
  assert(history.body.includes('拠点の位置の設定') && history.body.includes('34.70249, 135.49595'))
})

test('of two who set the same place the second is told, and nothing of the first is lost', async () => {
  const old = (await administers.get(placePath('名古屋支店'))).body
  const version = /name="version" value="(\d+)"/.exec(old)?.[1] ?? ''
  await setPlace('名古屋支店', { prefecture: '23', address: '一人目' })
  for (const stale of [version, '0', String(Number(version) + 7)]) {
    const second = await setPlace('名古屋支店', {
      prefecture: '22',
      address: '二人目',
      version: stale,
      loaded: '',
    })
    assert.equal(second.status, 422, stale)
    assert.match(second.body, /に変更しました（拠点の位置の設定）/)
    assert.match(second.body, /value="二人目"/)
  }
  assert((await reader.get(paths.networkMap)).body.includes('一人目'))
})

test('an import of the operator’s leaves places alone, and another customer’s site is nowhere', async () => {
  const other = await makeSite(await make.customer(), '他社')
  const path = paths.sitePlace({ id: other })
  assert.equal((await administers.get(path)).status, 404)
  assert.equal((await administers.send(path, { prefecture: '1', position: '', address: '', version: '0' })).status, 404)
  const { rows } = await admin.query<{ grants: string[] }>(`
    select array_agg(distinct privilege_type::text order by privilege_type::text) as grants from information_schema.role_table_grants
    where table_name = 'site_place' and grantee = 'portal_operator'`)
  assert.deepEqual(rows[0]?.grants, ['INSERT', 'SELECT'])
})

test('500 sites are one map, and a page no heavier than others', async () => {
  const user = await make.user()
  const { customerId } = user
  const serviceId = await make.service()
  await make.group({ customerId, members: [user.id], rights: [{ serviceId, level: 'view' }] })
  await admin.query(
    `with t as (insert into site (customer_id, code, name) select $1, n::text, '拠点' || n from generate_series(1, 500) n returning *),
      p as (insert into site_place (customer_id, site_id, prefecture) select $1, id, 1 + code::int % 47 from t)
    insert into contract (customer_id, service_id, number, site_id) select $1, $2, 'M' || code || $1::text, id from t`,
    [customerId, serviceId],
  )
  const browser = await signIn(portal, user)
  const { body } = await browser.get(paths.networkMap)
  const marks = marksIn(body)
  assert(marks.length > 10 && marks.length < 48, String(marks.length))
  assert(body.length < 60_000, String(body.length))
})
