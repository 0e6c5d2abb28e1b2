import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type Make, type MadeUser, makerOf, signIn } from '#test/make.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { paths } from './paths.ts'

let database: TestDatabase
let portal: TestPortal
let make: Make
let user: MadeUser
let contractId: string
let code: string

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  make = makerOf(database)
  user = await make.user()
  const { customerId } = user
  const serviceId = await make.service({ name: 'Phone' })
  contractId = await make.contract({ customerId, serviceId, number: 'N1' })
  await make.fault({ customerId, contractId })
  await make.group({ customerId, rights: [{ contractId, level: 'view' }], members: [user.id] })
  const admin = superuserOf(database)
  await admin.query('select refresh_contract_status(now())')
  const { rows } = await admin.query<{ code: string }>('select code from service where id = $1', [serviceId])
  code = rows[0]?.code ?? ''
  await admin.end()
})
after(() => database[Symbol.asyncDispose]())

const pages = [paths.serviceMenu, paths.pinned, paths.profile, '/nowhere']

test('a fault stands over the service menu, the search and the pages of its service, for those who may see the contract', async () => {
  const browser = await signIn(portal, user)
  const colleague = await signIn(portal, await make.user({ customerId: user.customerId }))
  const ofService = [`/services/${code}`, `/contracts?service=${code}`, `/contracts/${contractId}`]
  for (const path of [paths.serviceMenu, paths.search, ...ofService]) {
    const { body } = await browser.get(path)
    assert.match(
      body,
      /class="alert-bar"[\s\S]*Phone（N1）[\s\S]*href="\/incidents"><span[^>]*>工事・故障情報を<\/span>確認する/,
      path,
    )
    assert.doesNotMatch((await colleague.get(path)).body, /alert-bar|（N1）/, path)
  }
  for (const path of [...pages.filter((each) => each !== paths.serviceMenu), paths.contact, paths.contracts])
    assert.doesNotMatch((await browser.get(path)).body, /alert-bar/, path)
})

test('every page leads to the services, to what everybody needs, and to an opinion about itself', async () => {
  const browser = await signIn(portal, user)
  for (const path of [...pages, `/services/${code}`]) {
    const { body } = await browser.get(path)
    if (path !== paths.profile)
      assert.match(body, new RegExp(`href="/services/${code}"[^>]*>Phone<span class="dot`), path)
    for (const label of ['レコメンド', '不正通信ブロック', 'お知らせ', 'お問い合わせ', 'マニュアル'])
      assert.match(body, new RegExp(`<nav class="support-links"[\\s\\S]*>${label}<`), `${path}: ${label}`)
    const opinion = `href="/feedback\\?page=${encodeURIComponent(path)}&(amp;)?title=[^"]+">このページに対するご意見`
    assert.match(body, new RegExp(opinion), path)
  }
})

test('the third main menu is for administrators alone', async () => {
  const tab = /<nav class="main-tabs"[\s\S]*ポータル管理者向け[\s\S]*<\/nav>/
  const general = await signIn(portal, user)
  assert.doesNotMatch((await general.get(paths.serviceMenu)).body, tab)
  assert.equal((await general.get(paths.administration)).status, 403)
  const administrator = await signIn(portal, await make.user({ role: 'portal-administrator' }))
  assert.match((await administrator.get(paths.serviceMenu)).body, tab)
  assert.equal((await administrator.get(paths.administration)).status, 200)
})

test('main menus and services say where one is', async () => {
  const browser = await signIn(portal, user)
  const service = `/services/${code}`
  assert.match((await browser.get(paths.serviceMenu)).body, /href="\/services" aria-current="page">ご契約中/)
  assert.match((await browser.get(paths.pinned)).body, /href="\/pinned" aria-current="page">/)
  const { body } = await browser.get(service)
  assert.match(body, /href="\/services" aria-current="true">ご契約中/)
  assert(body.includes(`href="${service}" aria-current="page">Phone`))
  assert(
    (await browser.get(`${paths.contracts}?service=${code}`)).body.includes(
      `href="${service}" aria-current="true">Phone`,
    ),
  )
  const contract = await browser.get(`/contracts/${contractId}`)
  assert(contract.body.includes(`href="${service}" aria-current="true">Phone`))
})
