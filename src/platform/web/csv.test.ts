import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { csvOf } from './csv.ts'

const textOf = (...cells: string[]): string => csvOf([cells], { isFirst: false })

const cells: [text: string, written: string][] = [
  ['営業部', '"営業部"'],
  ['', '""'],
  ['a,"b"', '"a,""b"""'],
  ['a = b', '"a = b"'],
  ['=1+1', `"'=1+1"`],
  ['+81-3-0000-0000', `"'+81-3-0000-0000"`],
  ['-5', `"'-5"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['＝1+1', `"'＝1+1"`],
  ['＋1', `"'＋1"`],
  ['－1', `"'－1"`],
  ['＠A1', `"'＠A1"`],
  [' =1+1', `"' =1+1"`],
  ['\u3000=1+1', `"'\u3000=1+1"`],
  ['\u00a0=1+1', `"'\u00a0=1+1"`],
  ['\u200b=1+1', `"'\u200b=1+1"`],
  ['\ufeff=1+1', `"'\ufeff=1+1"`],
  ['\u202e\u2066=1+1', `"'\u202e\u2066=1+1"`],
  ['\ufe0f\u3164\u00ad=1+1', `"'\ufe0f\u3164\u00ad=1+1"`],
  ['"=1+1"', `"'""=1+1"""`],
  ['\tx', `"'\tx"`],
  ['\r=1', `"'\r'=1"`],
  ['a;=1+1;b', `"a;'=1+1;b"`],
  ['a; \u200b"=1+1', `"a;' \u200b""=1+1"`],
  ['a\n=1+1', `"a\n'=1+1"`],
  ['a\t=1+1', `"a\t'=1+1"`],
  ['a;;\t-1', `"a;;\t'-1"`],
  ['a;b\nc', '"a;b\nc"'],
]
for (const [text, written] of cells)
  test(`the cell ${JSON.stringify(text)} is written ${written}`, () => {
    assert.equal(textOf(text), `${written}\r\n`)
  })

test('numbers of ours stay numbers, and what is missing is an empty cell', () => {
  assert.equal(csvOf([[-5, 0, 1.5, null]], { isFirst: false }), '"-5","0","1.5",""\r\n')
})

test('the first part alone has the mark of UTF-8', () => {
  assert.equal(csvOf([['a'], ['b']], { isFirst: true }), '\ufeff"a"\r\n"b"\r\n')
  assert.equal(csvOf([], { isFirst: false }), '')
})

/** As a spreadsheet reads a file that splits at `separator`: quotes count where they begin a cell, and text may follow them. */
function read(file: string, separator: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let rest = file
  while (rest !== '') {
    const [quoted = ''] = /^"(?:[^"]|"")*"?/.exec(rest) ?? []
    const [bare = ''] = new RegExp(`^[^${separator}\\r\\n]*`).exec(rest.slice(quoted.length)) ?? []
    row.push(quoted.slice(1).replace(/"$/, '').replaceAll('""', '"') + bare)
    rest = rest.slice(quoted.length + bare.length)
    const [end = ''] = /^(?:\r\n|[^])/.exec(rest) ?? []
    rest = rest.slice(end.length)
    if (end !== separator || rest === '') {
      rows.push(row)
      row = []
    }
  }
  return rows
}

const isFormula = (cell: string): boolean => /^[\p{C}\p{Z}\p{DI}"]*[=+\-@]/u.test(cell.normalize('NFKC'))
const nasty = fc.string({
  unit: fc.constantFrom('a', '=', '+', '-', '@', '＝', ';', ',', '"', '\t', '\r', '\n', ' ', '\u200b', '\ufeff', "'"),
  maxLength: 12,
})

test('wherever cells are split, at commas, semicolons or tabs, no text becomes a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.array(nasty, { minLength: 1, maxLength: 4 }), { maxLength: 3 }), (rows) => {
      const file = csvOf(rows, { isFirst: false })
      for (const separator of [',', ';', '\t'])
        assert.deepEqual(read(file, separator).flat().filter(isFormula), [], `${JSON.stringify(file)} at ${separator}`)
    }),
    { numRuns: 2000 },
  )
})

test('what is read again at commas is what was written, but for the apostrophes', () => {
  fc.assert(
    fc.property(fc.array(fc.array(nasty, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 3 }), (rows) => {
      const plain = (texts: string[][]) => texts.map((row) => row.map((text) => text.replaceAll("'", '')))
      assert.deepEqual(plain(read(csvOf(rows, { isFirst: false }), ',')), plain(rows))
    }),
  )
})
