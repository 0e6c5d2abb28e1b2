import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { enterFence } from '#features/sessions/fence.ts'
import { paths as portalPaths } from '#sites/portal/paths.ts'
import { browserWith, openOrderWorld } from '#test/order-world.ts'
import { signInStaff } from '#test/staff.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { sendFiles, shownAgain } from '#test/ticket-world.ts'
import { paths } from '../paths.ts'

const world = await openOrderWorld()
after(() => world[Symbol.asyncDispose]())
const { portal, make, database } = world

let staff: TestBrowser

before(async () => {
  staff = await signInStaff(portal, await make.staff({ roles: ['provisioning'] }))
})

const makeOrder = (): Promise<string> =>
  make.order({ customerId: world.customerId, contractId: world.contractId, title: '増設' })

/** The form as it stands, filled in so. */
const edit = (id: string, fields: Record<string, string>) =>
  staff.post(paths.editOrder({ id }), {
    state: 'constructing',
    delivery: '2027-01-15',
    openingJa: '',
    openingEn: '',
    ...fields,
  })

const historyOf = (id: string) =>
  database.operator.transaction((tx) =>
    tx
      .selectFrom('change_history')
      .where('subject_id', '=', id)
      .select(['action', 'actor_name', 'after'])
      .orderBy('id')
      .execute(),
  )

test('staff say how far an order is: the customer reads days, notes and the opening notice', async () => {
  const id = await makeOrder()
  assert.match((await staff.get(paths.orders)).body, new RegExp(paths.order({ id })))
  const done = await edit(id, {
    state: 'ready',
    delivery: '2027-01-20',
    'day.constructing': '2027/1/10',
    'noteJa.constructing': '午前に訪問します。\r\n受付でお名前をお伝えください。',
    'noteEn.constructing': 'We come in the morning.',
    openingJa: '管理番号：7',
  })
  assert.deepEqual([done.status, done.location], [303, paths.order({ id })])
  assert.match((await staff.get(paths.order({ id }))).body, /午前に訪問します。[\s\S]*We come in the morning\./)
  const customers = await browserWith(world, { level: 'view' })
  const page = (await customers.get(portalPaths.order({ id }))).body
  assert.match(page, /開通待ち/)
  assert.match(page, /datetime="2027-01-10"[\s\S]*午前に訪問します。\n受付でお名前をお伝えください。/)
  assert.match(page, /管理番号：7/)
  // What is left empty is taken away.
  await edit(id, { state: 'ready' })
  assert.doesNotMatch((await customers.get(portalPaths.order({ id }))).body, /午前に訪問します。|管理番号/)
  const history = await historyOf(id)
  assert.equal(history.length, 2)
  // Each says which step became what.
  assert.match(JSON.stringify(history[0]), /"constructingNote":"午前に訪問します。/)
  assert.match(JSON.stringify(history[1]), /"constructingNote":null/)
  assert.match(history[0]?.actor_name ?? '', /（S-\d{4}）$/)
  const told = await database.operator.transaction((tx) =>
    tx.selectFrom('contract_order').where('id', '=', id).select(['news', 'worked_on_at']).executeTakeFirstOrThrow(),
  )
  assert.equal(told.news, 3)
  assert(told.worked_on_at)
})

test('what is wrong is said at its field, with what was typed', async () => {
  const id = await makeOrder()
  const cases = [
    [{ 'day.ready': 'soon' }, /開通待ちの日付は2026-12-01の形式で入力してください。[\s\S]*value="soon"/],
    [{ 'noteEn.ready': 'only English' }, /開通待ちの案内（日本語）が入力されていません。[\s\S]*only English/],
    [{ 'noteJa.ready': 'あ'.repeat(1001) }, /開通待ちの案内は、1,000文字以内/],
    [{ openingEn: 'only English' }, /日本語の開通案内が入力されていません。/],
    [{ delivery: '2001-01-01' }, /お申し込み日以降の日を入力してください。/],
    [{ openingJa: 'あ'.repeat(5001) }, /開通案内（日本語）は5,000文字以内で入力してください。/],
    [{ state: 'sold' }, /進捗状況が選択されていません。/],
  ] as const
  for (const [fields, sentence] of cases) assert.match(shownAgain(await edit(id, fields)), sentence)
  const { status } = await edit(id, { 'day.nothing': '2027-01-01', 'day.__proto__': 'x' })
  assert.equal(status, 303)
})

test('what was changed meanwhile is shown, and not overwritten; who only reads changes nothing', async () => {
  const id = await makeOrder()
  const opened = (await staff.get(paths.editOrder({ id }))).body
  const version = /name="version" value="(\d+)"/.exec(opened)?.[1] ?? ''
  await edit(id, { state: 'ready' })
  const late = shownAgain(await edit(id, { state: 'cancelled', version }))
  assert.match(late, /この画面を開いたあとに、お申し込みが変更されました。/)
  const reader = await signInStaff(portal, await make.staff({ roles: ['content'] }))
  const page = (await reader.get(paths.order({ id }))).body
  assert(page.includes('増設') && !page.includes(paths.editOrder({ id })))
  assert.equal((await reader.get(paths.editOrder({ id }))).status, 403)
  assert.equal((await reader.send(paths.editOrder({ id }), { state: 'cancelled', version })).status, 403)
})

test('an order is found by its number', async () => {
  const id = await makeOrder()
  const { code } = await database.operator.transaction((tx) =>
    tx.selectFrom('contract_order').where('id', '=', id).select('code').executeTakeFirstOrThrow(),
  )
  assert((await staff.get(`${paths.search}?q=${code}`)).body.includes(paths.order({ id })))
})

test('the opening carries files, which whoever sees the order gets, and which staff take away again', async () => {
  const id = await makeOrder()
  const path = paths.editOrder({ id })
  const fields = { state: 'ready', delivery: '', openingJa: '資料をご覧ください。', openingEn: '' }
  const bytes = new TextEncoder().encode('設定の手順\n'.repeat(60_000))
  const page = new TextEncoder().encode('<!doctype html><script>alert(1)</script>')
  assert.match(shownAgain(await sendFiles(staff, path, { fields, files: [['a.txt', page]] })), /HTMLまたはXML/)
  const sent = await sendFiles(staff, path, { fields, files: [['手順.txt', bytes]] })
  assert.equal(sent.location, paths.order({ id }), sent.body.slice(0, 300))
  const customers = await browserWith(world, { level: 'view' })
  const [file = ''] =
    (await customers.get(portalPaths.order({ id }))).body.match(/\/orders\/[^"]+\/files\/[0-9a-f-]{36}/) ?? []
  assert.deepEqual((await customers.get(file)).bytes, bytes)
  const stranger = await browserWith(world)
  assert.equal((await stranger.get(file)).status, 404)
  assert.equal((await customers.get(file.replace(id, await makeOrder()))).status, 404)
  assert.deepEqual((await staff.get(file)).bytes, bytes, 'staff find it at the same path')
  await sendFiles(staff, path, { fields: { ...fields, removed: file.split('/').at(-1) ?? '' } })
  assert(!(await customers.get(portalPaths.order({ id }))).body.includes('手順.txt'))
  assert.equal((await customers.get(file)).status, 404)
  const left = await database.operator.transaction((tx) =>
    tx
      .selectFrom('attachment_part')
      .where('attachment_id', '=', file.split('/').at(-1) ?? '')
      .select('number')
      .execute(),
  )
  assert.deepEqual(left, [])
  const history = await historyOf(id)
  assert.match(JSON.stringify(history), /"filesAdded":"手順.txt".*"filesRemoved":"手順.txt"/)
})

test('of a file of an inquiry the function that takes files of orders away takes nothing', async () => {
  const { rows } = await database.operator.transaction((tx) =>
    sql<{ id: string; about: string }>`
      insert into attachment (customer_id, about, about_id, message, at, name, type, size, sha256, state)
      values (${world.customerId}, 'ticket', gen_random_uuid(), 1, now(), 'x', 'text', 0, sha256(''), 'unchecked')
      returning id, about_id as about`.execute(tx),
  )
  const removed = await database.staff.transaction(async (tx) => {
    await enterFence(tx, world.customerId)
    return (
      await sql<{
        n: number
      }>`select door.remove_order_files(${rows[0]?.about}, ${[rows[0]?.id]}::uuid[]) as n`.execute(tx)
    ).rows
  })
  assert.deepEqual(removed, [{ n: 0 }])
})
