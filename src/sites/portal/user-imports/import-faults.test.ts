import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'

import { bringFile, heading, type ImportWorld, newcomer, openImportPortal, tryRows } from '#test/import-portal.ts'

import { paths } from '../paths.ts'

const opened = await openImportPortal()
after(() => opened[Symbol.asyncDispose]())
const { openWorld } = opened

const faulty: [what: string, row: (world: ImportWorld) => string[], told: RegExp][] = [
  [
    'no name',
    () => ['', '', 'a@example.com', '03-0000-0101', '一般ユーザー', ''],
    /<td[^>]*>名前<\/td>.*入力されていません/s,
  ],
  [
    'an extension',
    () => ['', 'あ', 'a@example.com', '03-0000-0101内線1', '一般ユーザー', ''],
    /内線番号は入力できません/,
  ],
  [
    'an unknown role',
    () => ['', 'あ', 'a@example.com', '03-0000-0101', '社長', ''],
    /社長.*「一般ユーザー」か「ポータル管理者」を入力してください/s,
  ],
  [
    'an unknown group',
    () => ['', 'あ', 'a@example.com', '03-0000-0101', '一般ユーザー', '経理部'],
    /経理部.*この名前のユーザーグループはありません/s,
  ],
  [
    'an address of the own company',
    ({ member }) => ['', 'あ', member.mail, '03-0000-0101', '一般ユーザー', ''],
    /すでに登録されています/,
  ],
  [
    'an unknown id',
    () => [randomUUID(), 'あ', 'a@example.com', '03-0000-0101', '一般ユーザー', ''],
    /この管理IDのユーザーはいません/,
  ],
  ['no id', () => ['12', 'あ', 'a@example.com', '03-0000-0101', '一般ユーザー', ''], /この管理IDのユーザーはいません/],
  [
    'the own role',
    ({ administrator: { id, mail } }) => [id, '山田 太郎', mail, '03-0000-0000', '一般ユーザー', ''],
    /自分のユーザー権限は/,
  ],
  ['a cell too many', () => [...newcomer(), 'x'], /見出しより列が多く/],
]
for (const [what, row, told] of faulty)
  test(`a row with ${what} keeps all rows from being done, and says what to do`, async () => {
    const world = await openWorld()
    const { path, body } = await tryRows(world.browser, [heading, newcomer(), row(world)])
    assert.match(body, /直すところが1件あります/)
    assert.match(body, told)
    assert.doesNotMatch(body, />登録する</)
    assert.equal((await world.browser.post(path, {}, { from: paths.importUsers })).status, 422)
  })

test('every faulty cell of a row is told at once', async () => {
  const { browser } = await openWorld()
  const row = ['', '★', 'a@@example.com', '03-0000-0101', '社長', '経理部']
  assert.match((await tryRows(browser, [heading, row])).body, /直すところが4件あります/)
})

test('the factor and the state of users cannot be changed', async () => {
  const { browser, member } = await openWorld()
  const { body } = await tryRows(browser, [
    ['管理ID', '第2段階認証方式', '状態'],
    [member.id, 'TOTP', '一時停止'],
  ])
  assert.match(body, /直すところが2件あります/)
  assert.match(body, /CSVでは変更できません/)
})

const files: [what: string, bytes: Uint8Array, told: RegExp][] = [
  ['nothing', new Uint8Array(), /CSVファイルが選択されていません/],
  ['a heading alone', new TextEncoder().encode('名前,メールアドレス\r\n'), /行がありません/],
  ['a workbook', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), /「CSV」の形式で保存/],
  ['a workbook of old', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0), /「CSV」の形式で保存/],
  ['a picture', Uint8Array.of(0x89, 0x50, 0, 0), /文字コード/],
  ['no heading', new TextEncoder().encode('あ,い\r\nう,え\r\n'), /見出しがありません/],
  ['an unknown column', new TextEncoder().encode('名前,年齢\r\nう,え\r\n'), /知らない見出しがあります：年齢/],
  ['a column twice', new TextEncoder().encode('名前,名前\r\nう,え\r\n'), /同じ見出しが2回あります：名前/],
  ['too many rows', new TextEncoder().encode(`名前\n${'あ\n'.repeat(10_001)}`), /10,000行まで/],
  ['too many bytes', new Uint8Array(5 * 1024 * 1024 + 1).fill(0x61), /5MBを超えています/],
]
for (const [what, bytes, told] of files)
  test(`a file with ${what} is refused at the field`, async () => {
    const { browser } = await openWorld()
    const { status, body } = await bringFile(browser, bytes)
    assert.equal(status, 422)
    assert.match(body, told)
    assert.match(body, /href="#field-file"/)
  })
