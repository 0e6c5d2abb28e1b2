import { CsvError, parse } from 'csv-parse/sync'
import { unmarkFormulas } from './csv-cells.ts'
import { done, type Outcome, refuse } from './outcome.ts'

export type CsvProblem = 'too-many-cells' | 'workbook' | 'not-text' | 'utf-8-or-not' | 'quotes-open'

/** Twice what our longest files have. A file of commas alone would keep everybody waiting, for the parser takes no breath. */
const mostCells = 500_000

/**
 * Reads a file of comma-separated values (RFC 4180) as spreadsheets save it: in UTF-8 or Shift_JIS, its lines ended in whatever
 * way, each cell as it was before our own files marked it. Empty lines are no rows, but count as such: a row of the answer is
 * that of the spreadsheet, from 0.
 */
export function readCsv(bytes: Uint8Array): Outcome<string[][], CsvProblem> {
  if (isWorkbook(bytes)) return refuse('workbook')
  const text = decode(bytes)
  if (!text.ok) return text
  if (countSeparators(text.value) > mostCells) return refuse('too-many-cells')
  try {
    const rows = parse(text.value, {
      bom: true,
      delimiter: ',',
      // Told, or the end of the first line is taken for that of all.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
    })
    return done(rows.map((row) => row.map(unmarkFormulas)))
  } catch (error) {
    if (error instanceof CsvError) return refuse('quotes-open')
    throw error
  }
}

/** Also of those that stand in a text: nobody writes so many. */
function countSeparators(text: string): number {
  return text.length - text.replaceAll(/[,\r\n]/g, '').length
}

/** By what they begin with: an .xlsx or .ods is a ZIP archive (PKWARE APPNOTE 4.3.7), an .xls a compound file (MS-CFB 2.2). */
const workbookBeginnings = ['504b0304', 'd0cf11e0a1b11ae1']

function isWorkbook(bytes: Uint8Array): boolean {
  const beginning = Buffer.from(bytes.subarray(0, 8)).toString('hex')
  return workbookBeginnings.some((each) => beginning.startsWith(each))
}

/**
 * UTF-8 where the bytes are that, else Shift_JIS where they are that. Two doubts are told rather than guessed away: half-width kana
 * of Shift_JIS may be letters with accents in UTF-8, and what EUC-JP writes as kanji may be kana and rare kanji in Shift_JIS. Half-width
 * kana alone is Shift_JIS: that it could be EUC-JP as well is true of nearly all such texts.
 */
function decode(bytes: Uint8Array): Outcome<string, 'not-text' | 'utf-8-or-not'> {
  const utf8 = textIn(bytes, 'utf-8')
  const shiftJis = textIn(bytes, 'shift_jis')
  if (utf8 !== undefined) {
    const isDoubtful = shiftJis !== undefined && isKanaAlone(shiftJis) && !isAscii(utf8)
    return isDoubtful ? refuse('utf-8-or-not') : done(utf8)
  }
  if (shiftJis === undefined) return refuse('not-text')
  const isOther = !isKanaAlone(shiftJis) && textIn(bytes, 'euc-jp') !== undefined
  return isOther ? refuse('not-text') : done(shiftJis)
}

type Encoding = 'utf-8' | 'shift_jis' | 'euc-jp'

function textIn(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    // No text of ours has one; UTF-16 is full of them.
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text)
/** Half-width kana and their marks, U+FF61 to U+FF9F, among ASCII. */
const isKanaAlone = (text: string): boolean => /^[\p{ASCII}\uFF61-\uFF9F]*$/u.test(text)
