import { CsvError, parse } from 'csv-parse/sync'
import { unmarkFormulas } from './csv-cells.ts'
import { done, type Outcome, refuse } from './outcome.ts'

export type CsvProblem = 'workbook' | 'not-text' | 'quotes-open'

/**
 * Reads a file of comma-separated values (RFC 4180) as spreadsheets save it: in UTF-8 or Shift_JIS, its lines ended in whatever
 * way, each cell as it was before our own files marked it. Empty lines are no rows, but count as such: a row of the answer is
 * that of the spreadsheet, from 0.
 */
export function readCsv(bytes: Uint8Array): Outcome<string[][], CsvProblem> {
  if (isWorkbook(bytes)) return refuse('workbook')
  const text = decode(bytes)
  if (text === undefined) return refuse('not-text')
  try {
    const rows = parse(text, {
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

/** By what they begin with: an .xlsx or .ods is a ZIP archive (PKWARE APPNOTE 4.3.7), an .xls a compound file (MS-CFB 2.2). */
const workbookBeginnings = ['504b0304', 'd0cf11e0a1b11ae1']

function isWorkbook(bytes: Uint8Array): boolean {
  const beginning = Buffer.from(bytes.subarray(0, 8)).toString('hex')
  return workbookBeginnings.some((each) => beginning.startsWith(each))
}

function decode(bytes: Uint8Array): string | undefined {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      // No text of ours has one; UTF-16 is full of them.
      return text.includes('\0') ? undefined : text
    } catch {
      // The next one.
    }
  }
  return undefined
}
