import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as soon, setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { filesInZip, sheetsIn } from '#test/workbook.ts'
import type { Cell } from './download.ts'
import { type Workbook, workbookOf } from './workbook.ts'

const facts: Workbook = {
  name: 'ユーザ一覧',
  columns: ['氏名', '電話番号'],
  language: 'ja',
  madeAt: new Date('2026-11-30T01:00:00Z'),
}

async function* each<T>(...parts: T[]): AsyncGenerator<T> {
  for (const part of parts) {
    await soon()
    yield part
  }
}

async function allOf(file: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of file) parts.push(part)
  return Buffer.concat(parts)
}

async function bytesOf(workbook: Workbook, ...parts: Cell[][][]): Promise<Buffer> {
  return allOf(workbookOf(workbook, each(...parts)))
}

test('text stays as it was typed: zeros that lead, signs that begin a formula, lines, and no number is text', async () => {
  const rows: Cell[][] = [
    ['007', '03-1234-5678'],
    ['=1+1', '+81 3 1234 5678'],
    ['@SUM(A1)', '2026-11-30'],
    ['一\n二', ' 前後の空白 '],
    ['<b>&"\'', '_x0041_'],
    [-5, 0.5],
    [null, ''],
    ['\u0001\ufffe\r\n', 'x\ud800y'],
  ]
  const sheets = sheetsIn(await bytesOf(facts, rows.slice(0, 3), rows.slice(3)))
  assert.deepEqual([...sheets.keys()], ['ユーザ一覧'])
  assert.deepEqual(sheets.get('ユーザ一覧'), [
    [...facts.columns],
    ...rows.slice(0, 6),
    [null, null],
    ['\u0001\ufffe\r\n', 'x\ufffdy'],
  ])
})

test('whatever text there is comes out of the file again', async () => {
  const unit = fc.constantFrom(
    'a',
    '=',
    '<',
    '&',
    '"',
    '_',
    'x',
    '0',
    '1',
    '_x000D_',
    '\r',
    '\n',
    '\t',
    '\0',
    '\u001f',
    '髙',
    '😀',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit, minLength: 1 }), { minLength: 1, maxLength: 5 }), async (texts) => {
      const rows = texts.map((text) => [text, null])
      assert.deepEqual(
        sheetsIn(await bytesOf(facts, rows))
          .get('ユーザ一覧')
          ?.slice(1),
        rows,
      )
    }),
    { numRuns: 60 },
  )
})

test('more rows than a sheet holds go on in the next one, and the last is no empty one', async () => {
  const rows = Array.from({ length: 10 }, (_, at) => [`${at}`, at])
  for (const [mostRows, sizes] of [
    [4, [4, 4, 2]],
    [5, [5, 5]],
    [10, [10]],
    [3, [3, 3, 3, 1]],
  ] as const) {
    const sheets = sheetsIn(await bytesOf({ ...facts, mostRows }, rows.slice(0, 2), rows.slice(2, 9), rows.slice(9)))
    assert.deepEqual(
      [...sheets.keys()],
      sizes.map((_, at) => (at === 0 ? 'ユーザ一覧' : `ユーザ一覧 ${at + 1}`)),
    )
    assert.deepEqual(
      [...sheets.values()].map((sheet) => sheet.length - 1),
      sizes,
    )
    assert.deepEqual(
      [...sheets.values()].flatMap((sheet) => sheet.slice(1)),
      rows,
    )
  }
})

test('a file without rows has its heading', async () => {
  assert.deepEqual([...sheetsIn(await bytesOf(facts)).values()], [[[...facts.columns]]])
})

test('a name that no sheet may have is made one', async () => {
  const names = async (name: string) => [...sheetsIn(await bytesOf({ ...facts, name })).keys()]
  assert.deepEqual(await names("'a/b\\c?d*e[f]:g'"), ['a b c d e f  g'])
  assert.deepEqual(await names('あ'.repeat(40)), ['あ'.repeat(31)])
})

test('a cell that is longer than a spreadsheet takes says that the other file has the rest', async () => {
  const [, [cell] = []] = sheetsIn(await bytesOf(facts, [['長'.repeat(40_000)]])).get('ユーザ一覧') ?? []
  assert.equal(String(cell).length, 32_767)
  assert.match(String(cell), /^長+…（続きはCSVファイルにあります）$/)
})

test('its parts name each other', async () => {
  const files = filesInZip(await bytesOf({ ...facts, mostRows: 1 }, [['a'], ['b']]))
  for (const part of ['xl/workbook.xml', 'xl/styles.xml', 'xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml']) {
    assert(files.has(part), part)
    assert(files.get('[Content_Types].xml')?.includes(`PartName="/${part}"`), part)
  }
  const targets = Array.from((files.get('xl/_rels/workbook.xml.rels') ?? '').matchAll(/Target="([^"]*)"/g))
  assert.deepEqual(
    targets.map(([, target]) => `xl/${target}`).toSorted(),
    [...files.keys()].filter((name) => /^xl\/[sw].*\.xml$/.test(name) && name !== 'xl/workbook.xml').toSorted(),
  )
})

test('rows are read no faster than the file is taken, and no longer', async () => {
  let read = 0
  let ended = false
  const rows = Array.from({ length: 1000 }, (_, at) => [`行${at * 7919}`, 'x'.repeat(200)])
  async function* endless(): AsyncGenerator<Cell[][]> {
    try {
      for (;;) {
        read++
        yield rows.map(([name = '', text = '']) => [name, `${text}${Math.random()}`])
        await soon()
      }
    } finally {
      ended = true
    }
  }
  const file = workbookOf(facts, endless())
  await file.next()
  // Compressing takes its time: nothing more is read once it has come to rest.
  for (let before = -1; before !== read; await sleep(50)) before = read
  assert(read < 100, `${read} parts were read for nobody`)
  const atRest = read
  await file.return(undefined)
  await sleep(50)
  assert(read <= atRest + 1 && ended, 'goes on reading')
})

test('what breaks while rows are read breaks the file, too', async () => {
  async function* broken(): AsyncGenerator<Cell[][]> {
    yield [['a']]
    await soon()
    throw new Error('gone')
  }
  await assert.rejects(allOf(workbookOf(facts, broken())), /gone/)
})
