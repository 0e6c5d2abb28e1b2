import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { paths as portalPaths } from '#sites/portal/paths.ts'
import { signIn } from '#test/make.ts'
import { openOrderWorld } from '#test/order-world.ts'
import { signInStaff } from '#test/staff.ts'
import { hiddenFields, type TestBrowser } from '#test/test-browser.ts'
import { shownAgain } from '#test/ticket-world.ts'
import { paths } from '../paths.ts'

const world = await openOrderWorld()
after(() => world[Symbol.asyncDispose]())
const { portal, make, database, ask, stateOf } = world

let customers: TestBrowser
let asker: { mail: string }
let staff: TestBrowser

before(async () => {
  asker = await world.userWith({ level: 'edit', name: '佐藤 花子' })
  customers = await signIn(portal, asker)
  staff = await signInStaff(portal, await make.staff({ roles: ['provisioning'] }))
})

const newestSubject = async (): Promise<string> => (await portal.mailsTo(asker.mail)).at(-1)?.subject ?? ''

test('a request is read in the words of its form, and returned with a reason', async () => {
  const id = await ask(customers)
  const list = (await staff.get(paths.requests)).body
  assert(list.includes(paths.request({ id })) && list.includes('株式会社注文'))
  assert.match((await staff.get(paths.queues)).body, /受付を待っている申請<\/a>/)
  const page = (await staff.get(paths.request({ id }))).body
  for (const said of ['レンタル', '留守番電話', '佐藤 花子', 'N150000042']) assert(page.includes(said), said)
  assert.match(
    shownAgain(await staff.post(paths.returnRequest({ id }), { reason: ' ' })),
    /差し戻しの理由が入力されていません。/,
  )
  assert.equal(
    (await staff.post(paths.returnRequest({ id }), { reason: '電話機の台数をご記入ください。' })).location,
    paths.request({ id }),
  )
  const returned = (await customers.get(portalPaths.request({ id }))).body
  assert.match(returned, /差し戻されました[\s\S]*電話機の台数をご記入ください。/)
  assert.match(returned, /（S-\d{4}）/)
  assert.match(await newestSubject(), /^【差し戻し】/)
})

test('what was put right is accepted: it becomes an order that the customer follows, and the history says by whom', async () => {
  const id = await ask(customers)
  await staff.post(paths.returnRequest({ id }), { reason: 'もう一度お願いします。' })
  const again = await ask(customers, { from: id })
  const accept = paths.acceptRequest({ id: again })
  const form = (await staff.get(accept)).body
  assert(form.includes('value="内線番号の追加"') && form.includes('value="More extensions"'))
  const accepted = await staff.post(accept, {
    code: 'A-2026-1',
    titleJa: '内線3番号の追加',
    titleEn: 'Three more',
    delivery: '2099-12-10',
  })
  assert.match(accepted.location, /^\/orders\/[0-9a-f-]{36}$/)
  assert.equal(await stateOf(again), 'accepted')
  assert.match(await newestSubject(), /^【受付完了】/)
  assert.match((await customers.get(portalPaths.request({ id: again }))).body, /お申し込みA-2026-1の進捗を確認する/)
  const order = (await customers.get(accepted.location)).body
  assert.match(order, /内線3番号の追加[\s\S]*2099/)
  const history = await database.operator.transaction((tx) =>
    tx
      .selectFrom('change_history')
      .where('subject_id', 'in', [id, again])
      .select(['action', 'actor_name'])
      .orderBy('id')
      .execute(),
  )
  assert.deepEqual(
    history.map(({ action }) => action),
    ['order-request-made', 'order-request-returned', 'order-request-made', 'order-request-accepted'],
  )
  assert.match(history.at(-1)?.actor_name ?? '', /（S-\d{4}）$/)
})

test('what is wrong with an acceptance is said at its field; a number that is taken is not taken twice', async () => {
  const [first, second] = [await ask(customers), await ask(customers)]
  const given = { code: 'A-2026-7', titleJa: '追加', titleEn: 'More', delivery: '' }
  assert.equal((await staff.post(paths.acceptRequest({ id: first }), given)).status, 303)
  const path = paths.acceptRequest({ id: second })
  const cases = [
    [given, /同じお申し込み番号があります。/],
    [{ ...given, code: 'お申し込み1' }, /お申し込み番号はA-2026-000001の形式で入力してください。/],
    [{ ...given, code: '', delivery: '2001-01-01' }, /申請日以降の日を入力してください。/],
    [{ ...given, code: '', delivery: 'soon' }, /提供予定日は2026-12-01の形式で入力してください。/],
    [{ ...given, titleEn: '' }, /件名（英語）が入力されていません。/],
  ] as const
  for (const [fields, sentence] of cases) assert.match(shownAgain(await staff.post(path, fields)), sentence)
  assert.equal(await stateOf(second), 'sent')
  // Without a number of ours it has that of the request.
  const accepted = await staff.post(path, { ...given, code: '' })
  assert.match((await staff.get(accepted.location)).body, /R\d{7}/)
})

test('what was answered or withdrawn meanwhile is not answered again', async () => {
  const id = await ask(customers)
  const forms = await Promise.all(
    [paths.acceptRequest({ id }), paths.returnRequest({ id })].map(
      async (path) => [path, hiddenFields((await staff.get(path)).body, path)] as const,
    ),
  )
  await customers.post(portalPaths.request({ id }), { deed: 'withdraw' })
  for (const [path, hidden] of forms) {
    const own = path.endsWith('accept') ? { code: '', titleJa: 'あ', titleEn: 'a', delivery: '' } : { reason: '理由' }
    assert.match(shownAgain(await staff.send(path, { ...hidden, ...own })), /お客様が取り下げました。/)
  }
  assert.equal(await stateOf(id), 'withdrawn')
  // Two members at once: one of them.
  const twice = await ask(customers)
  const colleague = await signInStaff(portal, await make.staff({ roles: ['provisioning'] }))
  const given = { code: '', titleJa: '追加', titleEn: 'More', delivery: '' }
  const answers = await Promise.all([
    staff.post(paths.acceptRequest({ id: twice }), given),
    colleague.post(paths.acceptRequest({ id: twice }), given),
  ])
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((one, other) => one - other),
    [303, 422],
  )
})

test('nothing is ordered for a contract that has ended meanwhile: the request is returned', async () => {
  const id = await ask(customers)
  await setEnded(world.contractId, true)
  const given = { code: '', titleJa: '追加', titleEn: 'More', delivery: '' }
  assert.match(shownAgain(await staff.post(paths.acceptRequest({ id }), given)), /このご契約は終了したか/)
  assert.equal(await stateOf(id), 'sent')
  assert.equal((await staff.post(paths.returnRequest({ id }), { reason: 'ご契約が終了しています。' })).status, 303)
  await setEnded(world.contractId, false)
})

async function setEnded(contractId: string, isEnded: boolean): Promise<void> {
  const day = isEnded ? sql`current_date` : null
  await database.operator.transaction((tx) =>
    sql`update contract set ended_on = ${day} where id = ${contractId}`.execute(tx),
  )
}

test('what still awaits the customer’s approval cannot be accepted; who only reads can do nothing; each look is noted', async () => {
  await world.setApproval(true)
  await world.userWith({ role: 'portal-administrator', level: 'view' })
  const id = await ask(customers)
  await world.setApproval(false)
  assert(!(await staff.get(paths.request({ id }))).body.includes(paths.acceptRequest({ id })))
  const given = { code: '', titleJa: '追加', titleEn: 'More', delivery: '' }
  assert.equal((await staff.post(paths.acceptRequest({ id }), given)).status, 422)
  assert.equal(await stateOf(id), 'awaiting-approval')
  const reader = await signInStaff(portal, await make.staff({ roles: ['support'] }))
  const sent = await ask(customers)
  assert(!(await reader.get(paths.request({ id: sent }))).body.includes(paths.acceptRequest({ id: sent })))
  for (const path of [paths.acceptRequest({ id: sent }), paths.returnRequest({ id: sent })])
    assert.equal((await reader.get(path)).status, 403)
  assert.equal((await reader.get(paths.request({ id: randomUUID() }))).status, 404)
  const visits = await database.operator.transaction((tx) =>
    tx
      .selectFrom('staff_visit')
      .where('path', '=', paths.request({ id: sent }))
      .select('id')
      .execute(),
  )
  assert.equal(visits.length, 1)
})

test('the queues of requests and orders are a handful of statements, however many there are', async () => {
  for (let count = 0; count < 3; count++) await ask(customers)
  for (const path of [paths.requests, paths.orders]) {
    await staff.get(path)
    const sent = database.statements.length
    assert.match((await staff.get(path)).body, /合計/)
    const count = database.statements.length - sent
    assert(count > 0 && count <= 8, `${path}: ${count} statements`)
  }
})
