import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makeLineImportWorld } from '#test/line-import-world.ts'
import { until } from '#test/until.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const world = await makeLineImportWorld(database)
after(async () => {
  await world.admin.end()
  await database[Symbol.asyncDispose]()
})
const { admin, contract, editor, state, tryFile, apply, work } = world

const many = 20_000
const head = ['内線番号', '名前', 'カナ', '呼び出し時間（秒）', '状態']

const rowsOf = (count: number, name: (at: number) => string): string[][] => [
  head,
  ...Array.from({ length: count }, (_, at) => [String(20_001 + at), name(at), 'ヤマダ', '20', '有効']),
]

async function makeEmpty(): Promise<void> {
  await world.write({})
  await admin.query(
    `update pbx.line set first_extension = '20001', last_extension = '59999', most_extensions = 20000 where contract_id = $1`,
    [contract],
  )
}

async function countOf(): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    'select count(*)::int as count from pbx.extension where contract_id = $1',
    [contract],
  )
  return rows[0]?.count ?? 0
}

const askedOf = (path: string): string => `${paths.lineImportProgress({ contract })}?id=${path.split('/').at(-1)}`

async function told(path: string): Promise<Record<string, unknown>> {
  const { body } = await editor.settings.get(askedOf(path))
  // As the answer for the script is made.
  return JSON.parse(body) as Record<string, unknown>
}

/** As a worker that is killed leaves it: the connection of its work is gone. */
async function killWork(): Promise<void> {
  const { rowCount } = await admin.query(
    `select pg_terminate_backend(pid) from (select pid from pg_stat_activity
      where datname = current_database() and xact_start is not null and pid <> pg_backend_pid() order by xact_start limit 1) oldest`,
  )
  assert.equal(rowCount, 1)
}

test('of 20,000 rows every faulty one is told, and nothing is done', async () => {
  await makeEmpty()
  // Five in a hundred.
  const { path, body } = await tryFile('importExtensions', [
    ...rowsOf(many, (at) => (at % 20 === 19 ? '★'.repeat(41) : `名前 ${at}`)),
  ])
  assert.match(body, /直すところが1000件あります/)
  assert.match(body, /1000件中 1～100件/)
  assert.match(body, /21行目/)
  assert.match((await editor.settings.get(`${path}?page=10`)).body, /20001行目/)
  assert.equal(await countOf(), 0)
})

test('20,000 rows are done by the worker, as a whole whenever it is killed, and undone by one undo', async () => {
  await makeEmpty()
  const empty = await state()
  const { path } = await tryFile(
    'importExtensions',
    rowsOf(many, (at) => `名前 ${at}`),
  )
  assert.equal((await apply(path)).location, path)
  const { body } = await editor.settings.get(path)
  assert.match(body, /取り込んでいます（0／20000行）/)
  assert(body.includes(`data-progress="${askedOf(path)}"`))
  assert.equal((await told(path))['done'], 0)
  const broken = work(path).then(
    () => 'done',
    () => 'broken',
  )
  await until(async () => Number((await told(path))['done'] ?? 0) > 0)
  await killWork()
  assert.equal(await broken, 'broken')
  assert.equal(await state(), empty)
  await work(path)
  assert.deepEqual(await told(path), { isOver: true })
  assert.equal(await countOf(), many)
  const applied = await editor.settings.get(path)
  assert.match(applied.body, /20000行を適用しました/)
  // Once is enough, whatever the queue does.
  await work(path)
  const change = /\/changes\/(\d+)"/.exec(applied.body)?.[1] ?? assert.fail('leads to the change')
  assert.equal((await editor.settings.post(paths.lineChange({ contract, change }), {})).status, 303)
  assert.equal(await state(), empty)
  const { rows } = await admin.query(
    `select count(*)::int as changes from pbx.change where contract_id = $1 and origin in ('csv', 'undo')`,
    [contract],
  )
  assert.deepEqual(rows, [{ changes: 2 }])
})

test('the worker does nothing for an author whose right is gone, nor what would be otherwise by then', async () => {
  await makeEmpty()
  const cases: [statement: string, told: RegExp][] = [
    [`update user_group_right set level = 'view' where contract_id = $1 and level = 'edit'`, /編集の権限がなくなった/],
    [
      `insert into pbx.inside_number (customer_id, contract_id, number, kind) select customer_id, contract_id, '20001', 'group' from pbx.line where contract_id = $1`,
      /設定が変更されました/,
    ],
  ]
  for (const [statement, why] of cases) {
    await admin.query(`update user_group_right set level = 'edit' where contract_id = $1`, [contract])
    const { path } = await tryFile(
      'importExtensions',
      rowsOf(501, () => 'あ'),
    )
    assert.equal((await apply(path)).status, 303)
    const client = await admin.connect()
    await client.query('set session_replication_role = replica')
    await client.query(statement, [contract])
    await client.query('set session_replication_role = origin')
    client.release()
    await work(path)
    const { body } = await editor.settings.get(path)
    assert.match(body, /適用できませんでした。何も変わっていません。/)
    assert.match(body, why)
    assert.equal(await countOf(), 0)
  }
})

test('during maintenance the worker changes no settings, and does so afterwards', async () => {
  await makeEmpty()
  const { path } = await tryFile(
    'importExtensions',
    rowsOf(501, () => 'あ'),
  )
  assert.equal((await apply(path)).location, path)
  await admin.query(
    `insert into site_state (site, closed_from, closed_until, mode, text_ja, text_en)
     values ('settings', now() - interval '1 day', now() + interval '10 years', 'read-only', '工事', 'Works')
     on conflict (site) do update set (closed_from, closed_until, mode, text_ja, text_en) =
       (excluded.closed_from, excluded.closed_until, excluded.mode, excluded.text_ja, excluded.text_en)`,
  )
  const waits = await work(path)
  assert(waits && waits > new Date())
  assert.equal(await countOf(), 0)
  await admin.query(
    `update site_state set (closed_from, closed_until, mode, text_ja, text_en) = (null, null, null, null, null)`,
  )
  assert.equal(await work(path), undefined)
  assert.equal(await countOf(), 501)
})
