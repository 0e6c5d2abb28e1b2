import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { runs } from '#test/many-runs.ts'
import { markFormulas, unmarkFormulas } from './csv-cells.ts'
import { readCsv } from './csv-file.ts'
import { csvOf } from './web/csv.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** 「名前」 and 「髙橋」 in Shift_JIS (Windows-31J). */
const shiftJis = Uint8Array.of(0x96, 0xbc, 0x91, 0x4f, 0x0d, 0x0a, 0xfb, 0xfc, 0x8b, 0xb4)

const files: [what: string, bytes: Uint8Array, rows: string[][]][] = [
  [
    'UTF-8 with its mark',
    bytesOf('\uFEFF"名前","b"\r\n"1","2"\r\n'),
    [
      ['名前', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'UTF-8 without',
    bytesOf('名前,b\n1,2'),
    [
      ['名前', 'b'],
      ['1', '2'],
    ],
  ],
  ['Shift_JIS', shiftJis, [['名前'], ['髙橋']]],
  [
    'lines that end in every way',
    bytesOf('a,b\r1,2\n3,4\r\n5,6'),
    [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ],
  ],
  ['lines within a cell', bytesOf('a\n"1\r\n2"\n'), [['a'], ['1\r\n2']]],
  ['rows of unequal length', bytesOf('a,b\n1\n1,2,3\n'), [['a', 'b'], ['1'], ['1', '2', '3']]],
  ['semicolons in a cell', bytesOf('a;b,c\n'), [['a;b', 'c']]],
  ['marked formulas', bytesOf('"\'=1","\'\'=1",\'x\n'), [['=1', "'=1", "'x"]]],
]
for (const [what, bytes, rows] of files)
  test(`${what}: read`, () => {
    const read = readCsv(bytes)
    assert.deepEqual(read.ok && read.value, rows)
  })

test('what is no text, or has a quote without end, is refused', () => {
  for (const bytes of [Uint8Array.of(0xff, 0xfe, 0x0d, 0x54), Uint8Array.of(0x81), Uint8Array.of(0, 1, 2)])
    assert.deepEqual(readCsv(bytes), { ok: false, problem: 'not-text', keep: false })
  assert.deepEqual(readCsv(bytesOf('a,"b\n1,2')), { ok: false, problem: 'quotes-open', keep: false })
  assert.deepEqual(readCsv(bytesOf(`a${','.repeat(500_001)}`)), { ok: false, problem: 'too-many-cells', keep: false })
})

/** 「ﾔﾏﾀﾞ ﾀﾛｳ」, which EUC-JP reads as kanji, and 「ﾃｽ」, which UTF-8 reads as 「ý」. */
const halfWidthKana = Uint8Array.of(0xd4, 0xcf, 0xc0, 0xde, 0x20, 0xc0, 0xdb, 0xb3)
const shortKana = Uint8Array.of(0x61, 0x0a, 0xc3, 0xbd)

test('half-width kana alone is Shift_JIS, and never guessed to be something else', () => {
  const read = readCsv(halfWidthKana)
  assert.deepEqual(read.ok && read.value, [['ﾔﾏﾀﾞ ﾀﾛｳ']])
  const even = readCsv(Uint8Array.of(0xbb, 0xb3, 0xc5, 0xc4))
  assert.deepEqual(even.ok && even.value, [['ｻｳﾅﾄ']])
})

test('what may be UTF-8 as well as Shift_JIS is asked for once more, unless its mark or the rest tells', () => {
  assert.deepEqual(readCsv(shortKana), { ok: false, problem: 'utf-8-or-not', keep: false })
  for (const text of ['\uFEFFJosé', 'José,内線', 'naïve “x”']) assert.deepEqual(readCsv(bytesOf(text)).ok, true, text)
  assert.deepEqual(readCsv(bytesOf('abc')), { ok: true, value: [['abc']] })
})

test('EUC-JP is refused and not read as something else', () => {
  // 「内線番号」 and 「山田 太郎」.
  for (const bytes of [
    [0xc6, 0xe2, 0xc0, 0xfe, 0xc8, 0xd6, 0xb9, 0xe6],
    [0xbb, 0xb3, 0xc5, 0xc4, 0x20, 0xc2, 0xc0, 0xcf, 0xba, 0xc6, 0xe2],
  ])
    assert.deepEqual(readCsv(Uint8Array.from(bytes)), { ok: false, problem: 'not-text', keep: false })
})

test('whatever is written is read again as it was', () => {
  const cell = fc
    .array(
      fc.oneof(
        fc.constantFrom(...Array.from(`'=+-@＝;,\t\r\n" \u200Bあ1"`)),
        fc.string({ unit: 'grapheme', maxLength: 1 }),
      ),
      {
        maxLength: 8,
      },
    )
    .map((letters) => letters.join(''))
    .filter((text) => !text.includes('\0'))
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (rows) => {
      const read = readCsv(bytesOf(csvOf(rows, { isFirst: true })))
      assert.deepEqual(read.ok && read.value, rows)
    }),
    { numRuns: runs({ usual: 500, many: 100_000 }) },
  )
  fc.assert(fc.property(cell, (text) => unmarkFormulas(markFormulas(text)) === text))
})
