import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import type { TestSettings } from '#test/line-settings.ts'
import { makeLineImportWorld } from '#test/line-import-world.ts'
import { openSettings } from '#test/sign-on.ts'
import { hours } from '#platform/time/duration.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const world = await makeLineImportWorld(database)
after(async () => {
  await world.admin.end()
  await database[Symbol.asyncDispose]()
})
const { admin, contract, editor, viewer, bring, tryFile, apply, state, write } = world

const beginning: TestSettings = {
  extensions: ['1001', '1002', '1003'].map((number) => ({ number })),
  groups: [{ number: '6000', kind: 'sequential', members: [{ extension: '1001' }, { extension: '1002' }] }],
  forwards: [{ extension: '1003', condition: 'busy', to: { outside: '09012345678' } }],
  numbers: [
    { number: '0300002001', target: '6000' },
    { number: '05000001001', target: '1001' },
    { number: '05000001009', endedOn: '2020-01-01' },
  ],
}
beforeEach(() => write(beginning))

/** The change that a page leads back from. */
const changeIn = (body: string): string => /\/changes\/(\d+)"/.exec(body)?.[1] ?? assert.fail('leads to the change')

async function undo(change: string): Promise<void> {
  assert.equal((await editor.settings.post(paths.lineChange({ contract, change }), {})).status, 303)
}

test('extensions are added, changed and renumbered as one change, and one undo takes all of it back', async () => {
  const before = await state()
  const { path, body } = await tryFile('importExtensions', [
    ['内線番号', '名前', 'カナ', '発信者番号', '非通知で発信する', '呼び出し時間（秒）', '状態', '新しい内線番号'],
    ['1001', '山田 太郎', 'ヤマダ', '03-0000-2001', '非通知', '30', '無効', '2001'],
    ['1002', '名前 1002', '', '', '', '20', '有効', ''],
    ['1004', '鈴木', '', '', '', '', '', ''],
  ])
  assert.match(body, /まだ何も変わっていません/)
  assert.match(body, /名前: 名前 1001 → 山田 太郎/)
  assert.match(body, /発信者番号: なし → 03-0000-2001/)
  assert.match(body, /追加.*1行.*変更.*1行.*変更なし.*1行/s)
  assert.equal(await state(), before)
  const applied = await apply(path)
  assert.equal(applied.status, 303)
  const list = await editor.settings.get(applied.location)
  assert.match(list.body, /変更を適用しました/)
  const later = await state()
  for (const told of [
    /extension {.*"1004".*鈴木|extension {.*鈴木.*"1004"/,
    /call_group_member {.*"2001"/,
    /external_number {.*"target": "2001"/,
  ])
    assert.match(later, told)
  assert.doesNotMatch(later, /"1001"/)
  const change = changeIn(list.body)
  const shown = await editor.settings.get(paths.lineChange({ contract, change }))
  assert.match(shown.body, /内線のCSV取り込み/)
  assert.match(shown.body, />CSV</)
  await undo(change)
  assert.equal(await state(), before)
  // What is done is done once.
  assert.equal((await apply(path)).status, 422)
})

test('numbers are bound and named by a file, with zeros that a spreadsheet has taken away', async () => {
  const before = await state()
  const { path, body } = await tryFile('importNumbers', [
    ['外線番号', 'メモ', '着信先（内線・着信グループ）', '鳴る電話機', '状態'],
    ['300002001', '代表', '1003', '1', '割当済み'],
    ['050-0000-1001', '', '6000 グループ 6000', '', ''],
    ['5000001009', '解約', '', '', ''],
  ])
  assert.match(body, /先頭の「0」が失われていたため、補いました/)
  assert.match(body, /着信先: 6000 → 1003/)
  const { location } = await apply(path)
  assert.match(await state(), /"memo": "代表".*"target": "1003"/)
  await undo(changeIn((await editor.settings.get(location)).body))
  assert.equal(await state(), before)
})

test('groups are added and changed with their members, and lead to each other', async () => {
  const before = await state()
  const { path, body } = await tryFile('importCallGroups', [
    ['代表番号', 'グループ名', '着信方式', '呼び出し時間（秒）', 'メンバー', '外線番号', 'だれも出ないとき'],
    ['6000', '代表', '一斉', '20', '1003 (1001)', '300002001', '内線・着信グループを鳴らす 6001'],
    ['6001', 'サポート', '均等', '', '-1002', '', '外線へ転送する 9012345678'],
  ])
  assert.doesNotMatch(body, /直すところ/)
  // The told number is what is there, though it has lost its zero.
  assert.doesNotMatch(body, /読み取りません/)
  const { location } = await apply(path)
  const { rows } = await admin.query(
    `select call_group, extension, position, is_paused from pbx.call_group_member where contract_id = $1 order by 1, 3`,
    [contract],
  )
  assert.deepEqual(rows, [
    { call_group: '6000', extension: '1003', position: 1, is_paused: false },
    { call_group: '6000', extension: '1001', position: 2, is_paused: true },
    { call_group: '6001', extension: '1002', position: 1, is_paused: true },
  ])
  assert.match(await state(), /"then_inside": "6001"/)
  await undo(changeIn((await editor.settings.get(location)).body))
  assert.equal(await state(), before)
})

const extensionHead = ['内線番号', '名前', '発信者番号', '呼び出し時間（秒）', '状態', '新しい内線番号']
const groupHead = ['代表番号', 'グループ名', '着信方式', 'メンバー', 'だれも出ないとき']
const numberHead = ['外線番号', 'メモ', '着信先（内線・着信グループ）']

test('a disabled extension becomes no target, and one that is stays', async () => {
  await write({ ...beginning, extensions: [{ number: '1001', isEnabled: false }, { number: '1002' }] })
  const told = await tryFile('importNumbers', [numberHead, ['0300002001', '', '1001']])
  assert.match(told.body, /無効になっている内線です/)
  const kept = await tryFile('importNumbers', [numberHead, ['05000001001', '受付', '1001']])
  assert.doesNotMatch(kept.body, /直すところ/)
})

test('the limits of the contract hold, whatever is added', async () => {
  await admin.query('update pbx.line set most_extensions = 4, most_groups = 1 where contract_id = $1', [contract])
  const extensions = await tryFile('importExtensions', [extensionHead, ['1004', ''], ['1005', '']])
  assert.match(extensions.body, /直すところが1件/)
  assert.match(extensions.body, /3行目.*ご契約の上限を超える/s)
  const groups = await tryFile('importCallGroups', [groupHead, ['6001', 'あ']])
  assert.match(groups.body, /ご契約の上限を超える/)
})

test('with 「追加のみ」 what is there is left alone', async () => {
  const { path, body } = await tryFile('importExtensions', [extensionHead, ['1001', '別の名前'], ['1004', '新しい']], {
    mode: 'add-only',
  })
  assert.match(body, /「追加のみ」のため変更なし.*1行/s)
  assert.equal((await apply(path)).status, 303)
  assert.match(await state(), /名前 1001/)
  assert.match(await state(), /新しい/)
})

test('cells that nothing is changed by are told where somebody has changed them', async () => {
  const head = ['内線番号', '外線番号', '着信グループ', '転送']
  const same = await tryFile('importExtensions', [head, ['1001', '5000001001', '6000', '0']])
  assert.doesNotMatch(same.body, /読み取りません/)
  const other = await tryFile('importExtensions', [head, ['1001', '5000001001', '6001', '0']])
  assert.match(other.body, /2行目.*着信グループ.*6001.*この列は読み取りません/s)
})

test('what somebody changes after the check has it checked once more', async () => {
  for (const change of [
    `update pbx.extension set name = '別の方' where contract_id = $1 and number = '1001'`,
    // A row that the file leaves as it is.
    `update pbx.extension set name = '別の方' where contract_id = $1 and number = '1002'`,
    `insert into pbx.inside_number (customer_id, contract_id, number, kind) select customer_id, contract_id, '1004', 'group' from pbx.line where contract_id = $1`,
  ]) {
    await write(beginning)
    const { path } = await tryFile('importExtensions', [
      extensionHead,
      ['1001', '山田'],
      ['1002', '名前 1002'],
      ['1004', '鈴木'],
    ])
    const client = await admin.connect()
    await client.query('set session_replication_role = replica')
    await client.query(change, [contract])
    await client.query('set session_replication_role = origin')
    client.release()
    const before = await state()
    const answer = await apply(path)
    assert.equal(answer.status, 422)
    assert.match(answer.body, /確認のあとで、設定が変更されました/)
    assert.equal(await state(), before)
  }
})

test('who may only view sees no form and brings no file; others see nothing', async () => {
  for (const kind of ['importExtensions', 'importNumbers', 'importCallGroups'] as const) {
    const address = paths[kind]({ contract })
    const { status, body } = await viewer.settings.get(address)
    assert.equal(status, 200)
    assert.doesNotMatch(body, /enctype="multipart/)
    assert.equal((await bring(kind, [['内線番号'], ['1001']], { by: viewer })).status, 403)
    assert.match((await editor.settings.get(address)).body, /enctype="multipart/)
  }
  const { path } = await tryFile('importExtensions', [extensionHead, ['1001', '山田']])
  assert.equal((await viewer.settings.get(path)).status, 404)
  const colleague = await world.signedIn(await world.userWith('edit'))
  await openSettings(colleague, world.path)
  assert.equal((await colleague.settings.get(path)).status, 404)
})

test('it is for an hour', async () => {
  const { path } = await tryFile('importExtensions', [extensionHead, ['1001', '山田']])
  await admin.query(`update file_import set expires_at = $1 where contract_id = $2`, [
    new Date(world.portal.program.now().getTime() - 1 * hours),
    contract,
  ])
  assert.match((await editor.settings.get(path)).body, /有効期限が切れました/)
  assert.equal((await editor.settings.post(path, {}, { from: paths.importExtensions({ contract }) })).status, 422)
})
