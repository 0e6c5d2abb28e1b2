import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import type { Context } from '#features/actor.ts'
import { enterFence } from '#features/sessions/fence.ts'
import type { Place } from '#platform/list/paging.ts'
import { asUser } from '#test/as-user.ts'
import { changesIn } from '#test/changes.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { inTime } from '#test/many-runs.ts'
import { testPortal } from '#test/portal.ts'
import { changeActions } from './actions.ts'
import { type ChangeFilter, changeList, mostLookedAt } from './list.ts'
import { recordChange } from './record.ts'

const database = await testDatabase()
const make = makerOf(database)
const { admin, seal } = changesIn(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const now = new Date('2026-11-22T03:00:00Z')
let yamada: MadeUser
let sato: MadeUser

before(async () => {
  yamada = await make.user({ role: 'portal-administrator', name: '山田' })
  sato = await make.user({ customerId: yamada.customerId, name: '佐藤' })
  const other = await make.user({ name: '他社' })
  // 00:30 of the 21st in Tokyo.
  await change(yamada, { at: '2026-11-20T15:30:00Z', name: 'N000000001', before: '本社', after: '大阪支店' })
  await change(sato, { at: '2026-11-21T15:30:00Z', name: 'N000000002', before: '', after: '=1+1' })
  await change(yamada, { at: '2026-11-22T02:00:00Z', name: '営業部', group: true, before: '', after: '本社の営業' })
  await change(other, { at: '2026-11-22T02:00:00Z', name: 'N000000003', before: '', after: '秘密' })
})

interface Made {
  at: string
  name: string
  group?: boolean
  before: string
  after: string
}

async function change({ customerId, id, name: by }: MadeUser, made: Made): Promise<void> {
  const field = made.group ? 'description' : 'memo'
  await database.app.transaction(async (tx) => {
    await enterFence(tx, customerId)
    await recordChange(
      { tx, now: new Date(made.at), actor: { customer: { id: customerId }, userId: id, name: by } },
      {
        action: made.group ? 'user-group-edited' : 'contract-memo-changed',
        subject: { kind: made.group ? 'user-group' : 'contract', id: customerId, name: made.name },
        before: { [field]: made.before },
        after: { [field]: made.after },
      },
    )
  })
}

const start: Place = { size: 20, page: 1, from: 'start' }
const listed = (ctx: Context, { terms = [], kind, ...of }: Partial<ChangeFilter>, place: Place) =>
  changeList.read(ctx, { of, terms, chosen: { kind }, sorting: { by: 'at', descending: true }, place })
const list = (filter: Partial<ChangeFilter>, place = start): ReturnType<typeof listed> =>
  asUser(database, { user: yamada, now }, (_tx, _actor, ctx) => listed(ctx, filter, place))
const namesOf = async (filter: Partial<ChangeFilter>): Promise<string[]> =>
  (await list(filter)).rows.map(({ row }) => row.subject.name)

test('the newest comes first, and nothing of another customer', async () => {
  assert.deepEqual(await namesOf({}), ['営業部', 'N000000002', 'N000000001'])
  const { rows } = await list({ kind: 'user-group' })
  assert.deepEqual(rows[0]?.row, {
    id: rows[0]?.row.id,
    at: new Date('2026-11-22T02:00:00Z'),
    actor: { id: yamada.id, name: '山田' },
    action: 'user-group-edited',
    subject: { kind: 'user-group', name: '営業部', id: null },
    before: { description: '' },
    after: { description: '本社の営業' },
  })
})

test('days are those of the reader, both included', async () => {
  assert.deepEqual(await namesOf({ from: '2026-11-21', to: '2026-11-21' }), ['N000000001'])
  assert.deepEqual(await namesOf({ from: '2026-11-22' }), ['営業部', 'N000000002'])
  assert.deepEqual(await namesOf({ to: '2026-11-20' }), [])
})

test('person, kind and keyword narrow the list, and kinds are counted', async () => {
  const bySato = await list({ actorId: sato.id })
  assert.deepEqual([bySato.total, bySato.beside.actorName], [1, '佐藤'])
  assert.deepEqual(await namesOf({ kind: 'contract' }), ['N000000002', 'N000000001'])
  assert.deepEqual(await namesOf({ terms: ['本社'] }), ['営業部', 'N000000001'])
  assert.deepEqual(await namesOf({ terms: ['本社', 'n0000'] }), ['N000000001'])
  assert.deepEqual(await namesOf({ terms: ['秘密'] }), [])
  assert.deepEqual((await list({ terms: ['本社'] })).counts, { contract: 1, 'user-group': 1 })
})

test('the last page and the one before it are read from their edges', async () => {
  const first = await list({}, { size: 2, page: 1, from: 'start' })
  assert.equal(first.rows.length, 2)
  const key = first.rows[1]?.key ?? assert.fail()
  const second = await list({}, { size: 2, page: 2, from: { after: key } })
  assert.deepEqual(
    second.rows.map(({ row }) => row.subject.name),
    ['N000000001'],
  )
})

test('a history of many rows is listed, and searched, at once', async () => {
  const user = await make.user({ role: 'portal-administrator' })
  await admin.query(
    `insert into change_history (customer_id, at, actor_name, action, subject_kind, subject_name, before, after)
     select $1, now() - n * interval '1 minute', '佐藤', 'contract-memo-changed', 'contract', 'N' || n, '{"memo": "本社"}', '{"memo": "大阪"}'
     from generate_series(1, 50000) n`,
    [user.customerId],
  )
  await admin.query('analyze change_history')
  for (const terms of [[], ['大阪']])
    await asUser(database, { user, now }, async (tx, _actor, ctx) => {
      await tx.selectFrom('change_history').select('id').limit(1).execute()
      const { all } = await inTime(1500, () => listed(ctx, { terms }, start))
      assert.equal(all, mostLookedAt)
    })
})

test('the files tell the same rows: inert for spreadsheets, and so that the chain can be computed from them', async () => {
  await seal()
  const portal = await testPortal(database)
  const browser = await signIn(portal, yamada)
  const page = await browser.get('/change-history?q=%E6%9C%AC%E7%A4%BE')
  assert.match(page.body, /11月22日（日） 11:00/)
  assert.match(page.body, /ユーザーグループの編集/)
  const { body, headers } = await browser.get('/change-history.csv')
  assert.match(headers.get('content-type') ?? '', /^text\/csv/)
  assert.match(body, /"2026-11-21 00:30:00\+09:00","山田","メモの変更","N000000001","メモ: 本社 → 大阪支店"/)
  assert(!/(^|,|")=1\+1/m.test(body) && !body.includes('秘密'))
  const lines = await browser.get('/change-history.jsonl')
  assert.match(lines.headers.get('content-type') ?? '', /^application\/jsonl/)
  const rows = lines.body
    .trimEnd()
    .split('\n')
    .map((line) => z.record(z.string(), z.string().nullable()).parse(JSON.parse(line)))
    .toReversed()
  assert.equal(rows.length, 3)
  let previous = Buffer.alloc(32)
  for (const { hash, ...row } of rows) {
    previous = createHash('sha256')
      .update(previous)
      .update(JSON.stringify(Object.values(row)))
      .digest()
    assert.equal(previous.toString('hex'), hash)
  }
})

test('whatever stands in the address is answered, and what cannot be is as if it were not there', async () => {
  const browser = await signIn(await testPortal(database), yamada)
  const places = ['1.5~1.5', 'Infinity~Infinity', '-1~-1', '1~999999999999999999', '1~9999999999999999999', 'x']
  const queries = [
    ...places.flatMap((place) => [`page=2&after=${place}`, `page=2&before=${place}`]),
    ...['0000-01-01', '0001-01-01', '9999-12-31', '2026-02-30', 'x'].flatMap((day) => [`from=${day}`, `to=${day}`]),
    'from=2026-11-22&to=2026-11-01',
    ...['x', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', '00000000-0000-0000-0000-000000000000'].map((by) => `by=${by}`),
    'kind=__proto__',
    `q=${'%F0%A0%AE%B7'.repeat(200)}`,
  ]
  for (const query of queries)
    for (const path of ['/change-history', '/change-history.csv', '/change-history.jsonl'])
      assert.equal((await browser.get(`${path}?${query}`)).status, 200, `${path}?${query}`)
})

test('rights are told by the names of the services, whatever their codes mean elsewhere', async () => {
  const user = await make.user({ role: 'portal-administrator' })
  const { customerId, id, name } = user
  await admin.query(
    `with c as (insert into service_category (code, position, name_ja, name_en) values ('memo', 1, '', '') returning id)
     insert into service (code, service_category_id, position, name_ja, name_en) select 'memo', id, 1, 'メモ帳', 'Notes' from c`,
  )
  await database.app.transaction(async (tx) => {
    await enterFence(tx, customerId)
    await recordChange(
      { tx, now, actor: { customer: { id: customerId }, userId: id, name } },
      {
        action: 'user-group-rights-changed',
        subject: { kind: 'user-group', id, name: '営業部' },
        before: { 'all-services': null, memo: 'view', N000000009: 'edit', constructor: null },
        after: { 'all-services': 'view', memo: 'edit', N000000009: null, constructor: 'view' },
      },
    )
  })
  const { body } = await (await signIn(await testPortal(database), user)).get('/change-history.csv')
  const lines = [
    '全てのサービス: 権限なし → 参照のみ',
    'メモ帳: 参照のみ → 参照・編集',
    'N000000009: 参照・編集 → 権限なし',
    'constructor: 権限なし → 参照のみ',
  ]
  for (const line of lines) assert(body.includes(line), line)
})

test('each action that is recorded somewhere is listed, and nothing else is', () => {
  const root = `${import.meta.dirname}/../..`
  const sources = globSync('**/*.{ts,tsx}', { cwd: root })
    .filter((path) => !path.includes('change-history/') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(`${root}/${path}`, 'utf8'))
    .filter((text) => /recordChange|changeOutage|note(Group|Limit)?Change/.test(text))
  const composed = changeActions.filter((action) => /^user-group-(deleted|members|rights-changed)/.test(action))
  const unused = changeActions.filter(
    (action) => !sources.some((text) => text.includes(`'${action}'`)) && !composed.includes(action),
  )
  assert.deepEqual(unused, [])
})
