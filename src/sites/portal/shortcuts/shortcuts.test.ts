import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type Make, type MadeUser, makerOf, signIn } from '#test/make.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { hiddenFields, type TestBrowser } from '#test/test-browser.ts'
import { until } from '#test/until.ts'
import { paths } from '../paths.ts'

let database: TestDatabase
let portal: TestPortal
let make: Make
let user: MadeUser
let browser: TestBrowser
let page: string

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  make = makerOf(database)
  user = await make.user()
  page = await makeService(user)
  browser = await signIn(portal, user)
})
after(() => database[Symbol.asyncDispose]())

/** A service with a contract; the user may see everything. Answers the path of the service's page. */
async function makeService({ id, customerId }: MadeUser): Promise<string> {
  const serviceId = await make.service({ name: 'Phone' })
  await make.contract({ customerId, serviceId })
  await make.group({ customerId, rights: [{ level: 'view' }], members: [id] })
  const admin = superuserOf(database)
  const { rows } = await admin.query<{ code: string }>('select code from service where id = $1', [serviceId])
  await admin.end()
  return `/services/${rows[0]?.code}`
}

test('the button of a page pins what the page is about, comes back, and takes the pin out again', async () => {
  const pressed = async (): Promise<string> => {
    const { status, location } = await browser.post(paths.pin, {}, { from: page })
    assert.deepEqual([status, location], [303, page])
    return (await browser.get(page)).body
  }
  const pinned = await pressed()
  assert.match(pinned, /ピン留めしました。/)
  assert.match(pinned, /<button[^>]*>[\s\S]*ピン留めを外す<\/button>/)
  for (const path of [paths.pinned, paths.serviceMenu])
    assert.match(
      (await browser.get(path)).body,
      new RegExp(`>ピン留め</h2>[\\s\\S]*href="${page}"[\\s\\S]*>最近の操作</h2>`),
    )
  const unpinned = await pressed()
  assert.match(unpinned, /ピン留めを外しました。/)
  assert.match(unpinned, /<button[^>]*>[\s\S]*ピン留めする<\/button>/)
})

test('lists, users and groups have the button, are called as their pages are, and stand in what was opened last', async () => {
  const administrator = await make.user({ role: 'portal-administrator', name: '山田 太郎' })
  const theirs = await signIn(portal, administrator)
  const groupId = await make.group({ customerId: administrator.customerId })
  const admin = superuserOf(database)
  await admin.query(`update user_group set is_automatic = true, number = 'G0000002' where id = $1`, [groupId])
  await admin.end()
  const automatic = paths.userGroup({ id: groupId })
  const named: Record<string, string> = {
    [paths.users]: 'ユーザ一覧',
    [paths.userGroups]: 'ユーザグループ一覧',
    [paths.changeHistory]: '変更履歴',
    [paths.accessHistory]: 'アクセス管理',
    [paths.user({ id: administrator.id })]: `山田 太郎（${administrator.mail}）`,
    [automatic]: '全サービス参照編集権限グループ（自動）（G0000002）',
  }
  for (const from of Object.keys(named)) {
    assert.match((await theirs.get(from)).body, /ピン留めする<\/button>/, from)
    assert.equal((await theirs.post(paths.pin, {}, { from })).location, from)
  }
  await until(
    async () => (await theirs.get(paths.pinned)).body.split('最近の操作</h2>')[1]?.includes(automatic) === true,
  )
  const [pins = '', recents = ''] = (await theirs.get(paths.pinned)).body.split('最近の操作</h2>')
  for (const [path, name] of Object.entries(named))
    for (const part of [pins, recents]) assert(part.includes(`<a href="${path}">${name}</a>`), `${path} ${name}`)
  await theirs.get(`${paths.pinned}?lang=en`)
  assert.match((await theirs.get(paths.pinned)).body, /View and edit all services \(automatic\)/)
})

test('further lists have it, too: of administrators, of everybody, and of the settings of a service', async () => {
  const administrator = await make.user({ role: 'portal-administrator' })
  const of = await makeService(administrator)
  // Of a single contract the way leads straight into its settings.
  const admin = superuserOf(database)
  const { rows } = await admin.query<{ id: string }>(
    `update service set settings_name = '{"ja": "Phone", "en": "Phone"}' where code = $1 returning id`,
    [of.split('/').at(-1)],
  )
  await make.contract({ customerId: administrator.customerId, serviceId: rows[0]?.id ?? assert.fail() })
  const theirs = await signIn(portal, administrator)
  const settings = `${of}/settings`
  const named: Record<string, string> = {
    [paths.openSessions]: 'ログイン中のユーザー',
    [paths.plannedMemberships]: '所属の予定',
    [paths.accessReview]: '棚卸し',
    [paths.notices]: 'お知らせ',
    [paths.manuals]: 'マニュアル',
    [paths.requests]: '申請の一覧',
    [paths.networkMap]: 'ネットワークマップ',
    [settings]: 'Phone 設定変更一覧',
  }
  for (const from of Object.keys(named)) assert.equal((await theirs.post(paths.pin, {}, { from })).location, from)
  await until(
    async () => (await theirs.get(paths.pinned)).body.split('最近の操作</h2>')[1]?.includes(`"${settings}"`) === true,
  )
  const parts = (await theirs.get(paths.pinned)).body.split('最近の操作</h2>')
  for (const [path, name] of Object.entries(named))
    for (const part of parts) assert(part.includes(`<a href="${path}">${name}</a>`), `${path} ${name}`)
  // Without its settings the list is gone, and with it the way there.
  await admin.query('update service set settings_name = null where id = $1', [rows[0]?.id])
  await admin.end()
  assert.doesNotMatch((await theirs.get(paths.pinned)).body, /設定変更一覧/)
})

test('an id in another spelling names nothing', async () => {
  const fields = hiddenFields((await browser.get(page)).body, paths.pin)
  assert.equal((await browser.send(paths.pin, { ...fields, wanted: 'on' })).location, page)
  const { status, location } = await browser.send(paths.pin, {
    ...fields,
    wanted: 'on',
    id: fields.id?.toUpperCase() ?? '',
  })
  assert.deepEqual([status, location], [303, paths.pinned])
  await browser.send(paths.pin, { ...fields, wanted: 'off' })
})

test('opening a page about something puts it among the recent things; a page that is not found does not', async () => {
  const visitor = await make.user()
  const theirs = await makeService(visitor)
  const theirBrowser = await signIn(portal, visitor)
  assert.match((await theirBrowser.get(paths.pinned)).body, /最近の操作はまだありません/)
  assert.equal((await theirBrowser.get(page)).status, 404)
  assert.equal((await theirBrowser.get(theirs)).status, 200)
  // It is noted after the answer.
  await until(async () => /最近の操作<\/h2>[\s\S]*<th scope="row"/.test((await theirBrowser.get(paths.pinned)).body))
  const { body } = await theirBrowser.get(paths.pinned)
  assert(body.includes(`<a href="${theirs}">Phone</a>`))
  assert.equal(body.match(/<th scope="row"/g)?.length, 1)
})

test('a thing of another customer is pinned as little as one that does not exist, and a way back leads nowhere else', async () => {
  const other = await make.user()
  const contractId = await make.contract({ customerId: other.customerId, serviceId: await make.service() })
  const fields = hiddenFields((await browser.get(page)).body, paths.pin)
  const send = async (changes: Record<string, string>): Promise<object> => {
    const { status, location, body, headers } = await browser.send(paths.pin, { ...fields, ...changes })
    return { status, location, body, cookies: headers.getSetCookie() }
  }
  const absent = await send({ kind: 'contract', id: crypto.randomUUID() })
  assert.deepEqual(await send({ kind: 'contract', id: contractId }), absent)
  const admin = superuserOf(database)
  const { rowCount } = await admin.query('select from pin where user_id = $1', [user.id])
  await admin.end()
  assert.equal(rowCount, 0)
  for (const way of ['https://evil.example.net/', '//evil.example.net', '/logout', ''])
    assert.equal((await browser.send(paths.pin, { ...fields, wanted: 'off', return: way })).location, paths.pinned, way)
  for (const bad of [{ kind: 'nobody' }, { id: 'x' }, { wanted: 'yes' }, { return: '/'.repeat(3000) }]) {
    const { status, location } = await browser.send(paths.pin, { ...fields, ...bad })
    assert.deepEqual([status, location], [303, paths.pinned])
  }
})
