import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import type { TestSettings } from '#test/line-settings.ts'
import { type ImportPath, makeLineImportWorld } from '#test/line-import-world.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const world = await makeLineImportWorld(database)
after(async () => {
  await world.admin.end()
  await database[Symbol.asyncDispose]()
})
const { contract, editor, bring, tryFile, state, write } = world

const beginning: TestSettings = {
  extensions: ['1001', '1002', '1003'].map((number) => ({ number })),
  groups: [{ number: '6000', kind: 'sequential', members: [{ extension: '1001' }, { extension: '1002' }] }],
  numbers: [
    { number: '0300002001', target: '6000' },
    { number: '05000001009', endedOn: '2020-01-01' },
  ],
}
beforeEach(() => write(beginning))

const extensionHead = ['内線番号', '名前', '発信者番号', '呼び出し時間（秒）', '状態', '新しい内線番号']
const groupHead = ['代表番号', 'グループ名', '着信方式', 'メンバー', 'だれも出ないとき']
const numberHead = ['外線番号', 'メモ', '着信先（内線・着信グループ）']
const faulty: [what: string, kind: ImportPath, rows: string[][], told: RegExp][] = [
  ['no number', 'importExtensions', [extensionHead, ['', 'あ']], /2行目.*内線番号.*入力されていません/s],
  ['a word for a number', 'importExtensions', [extensionHead, ['内線', 'あ']], /内線番号は1001の形式で/],
  ['an emergency number', 'importExtensions', [extensionHead, ['1101', 'あ']], /<mark>1101<\/mark>/],
  ['the number of a group', 'importExtensions', [extensionHead, ['6000', 'あ']], /すでに内線または着信グループ/],
  ['a number out of range', 'importExtensions', [extensionHead, ['7000', 'あ']], /使える番号の範囲にありません/],
  ['a number twice', 'importExtensions', [extensionHead, ['1001', 'あ'], ['1001', 'い']], /3行目.*同じ番号の行が2つ/s],
  ['a name too long', 'importExtensions', [extensionHead, ['1001', 'あ'.repeat(41)]], /40文字以内/],
  ['a caller of nobody', 'importExtensions', [extensionHead, ['1001', 'あ', '0311112222']], /この発信者番号は/],
  ['an ended caller', 'importExtensions', [extensionHead, ['1001', 'あ', '05000001009']], /この発信者番号は/],
  [
    'seconds beyond',
    'importExtensions',
    [extensionHead, ['1001', 'あ', '', '121']],
    /呼び出し時間（秒）は20（5〜120）の形式/,
  ],
  ['an unknown state', 'importExtensions', [extensionHead, ['1001', 'あ', '', '', '休み']], /「有効」か「無効」を/],
  [
    'a new number taken',
    'importExtensions',
    [extensionHead, ['1001', 'あ', '', '', '', '1002']],
    /すでに内線または着信/,
  ],
  [
    'a new number of what is not there',
    'importExtensions',
    [extensionHead, ['1009', 'あ', '', '', '', '1010']],
    /この番号は、このご契約にありません/,
  ],
  ['a cell too many', 'importExtensions', [extensionHead, ['1001', '', '', '', '', '', 'x']], /見出しより列が多く/],
  ['an unknown number', 'importNumbers', [numberHead, ['0399999999', '', '']], /この番号は、このご契約にありません/],
  ['an unknown target', 'importNumbers', [numberHead, ['0300002001', '', '4711']], /<mark>4711<\/mark>/],
  ['a target of an ended number', 'importNumbers', [numberHead, ['05000001009', '', '1001']], /解約済みのため/],
  ['no name of a group', 'importCallGroups', [groupHead, ['6000', '']], /グループ名.*入力されていません/s],
  ['an unknown member', 'importCallGroups', [groupHead, ['6000', 'あ', '一斉', '4711']], /先に内線を追加するか/],
  ['a group as member', 'importCallGroups', [groupHead, ['6000', 'あ', '一斉', '6000']], /先に内線を追加するか/],
  ['a member twice', 'importCallGroups', [groupHead, ['6000', 'あ', '一斉', '1001 (1001)']], /2回メンバーになって/],
  [
    'a member too many',
    'importCallGroups',
    [groupHead, ['6000', 'あ', '一斉', Array.from({ length: 33 }, (_, at) => 1001 + at).join(' ')]],
    /32/,
  ],
  [
    'members past all reason',
    'importCallGroups',
    [groupHead, ['6000', 'あ', '一斉', Array.from({ length: 400_000 }, (_, at) => 20_000_000 + at).join(' ')]],
    /鳴る順に入力してください/,
  ],
  [
    'words as members',
    'importCallGroups',
    [groupHead, ['6000', 'あ', '一斉', '山田 佐藤']],
    /鳴る順に入力してください/,
  ],
  [
    'itself afterwards',
    'importCallGroups',
    [groupHead, ['6000', 'あ', '一斉', '', '内線・着信グループを鳴らす 6000']],
    /グループ自身は/,
  ],
  [
    'voicemail that there is none of',
    'importCallGroups',
    [groupHead, ['6000', 'あ', '一斉', '', '留守番電話にする 1001']],
    /留守番電話を使えません/,
  ],
  [
    'a new number outside',
    'importCallGroups',
    [groupHead, ['6000', 'あ', '一斉', '', '外線へ転送する 09000000000']],
    /新しい外線の転送先は/,
  ],
  ['an unknown way', 'importCallGroups', [groupHead, ['6000', 'あ', '輪番']], /「一斉」か「順次」か「均等」/],
]
for (const [what, kind, rows, told] of faulty)
  test(`a row with ${what} keeps all rows from being done, and says where and why`, async () => {
    const before = await state()
    const { path, body } = await tryFile(kind, rows)
    assert.match(body, /直すところが\d+件あります/)
    assert.match(body, told)
    assert.doesNotMatch(body, />適用する</)
    assert.equal((await editor.settings.post(path, {}, { from: paths[kind]({ contract }) })).status, 422)
    assert.equal(await state(), before)
  })

/** 「内線番号,名前」 and 「1001,ﾃｽﾄ」. */
const shiftJis = Buffer.from('93e090fc94d48d862c96bc914f0d0a313030312cc3bdc40d0a', 'hex')

test('a file in Shift_JIS is read', async () => {
  assert.match((await tryFile('importExtensions', shiftJis)).body, /→ テスト/)
})

const refused: [Uint8Array | string[][], RegExp][] = [
  [new Uint8Array(), /CSVファイルが選択されていません/],
  [[['内線番号']], /行がありません/],
  [[['名前'], ['あ']], /見出しがありません/],
  [
    [
      ['内線番号', '年齢'],
      ['1001', '3'],
    ],
    /知らない見出しがあります：年齢/,
  ],
  [
    [
      ['内線番号', '内線番号'],
      ['1001', '3'],
    ],
    /同じ見出しが2回あります/,
  ],
  [Uint8Array.of(0x50, 0x4b, 3, 4, 20), /「CSV」の形式で保存/],
  [Uint8Array.of(0x89, 0x50, 0, 0), /文字コード/],
  [Uint8Array.of(0x61, 0x0a, 0xc3, 0xbd), /区別できません/],
  [new TextEncoder().encode(`内線番号\n${'1001\n'.repeat(20_001)}`), /20,000行まで/],
  [new Uint8Array(5 * 1024 * 1024 + 1).fill(0x61), /5MBを超えています/],
]
test('what is no file of extensions is refused, and what to do is said', async () => {
  for (const [file, told] of refused) {
    const answer = await bring('importExtensions', file)
    assert.equal(answer.status, 422, String(told))
    assert.match(answer.body, told)
  }
})

test('columns may be called in either language, and so is what is wrong with them', async () => {
  await editor.settings.get(`${world.path}?lang=en`)
  const answer = await bring('importExtensions', [
    ['Extension number', 'Age'],
    ['1001', '3'],
  ])
  await editor.settings.get(`${world.path}?lang=ja`)
  assert.match(answer.body, /unknown columns: Age/)
})
