import { stringify } from 'csv-stringify/sync'
import { markFormulas } from '../csv-cells.ts'
import type { Cell } from './download.ts'

/**
 * Writes rows for spreadsheets (RFC 4180): every cell quoted, and none that is text a formula. Numbers stay numbers, negative
 * ones too: what customers type is text. `isFirst`: begins with the mark by which spreadsheets know UTF-8.
 */
export function csvOf(rows: readonly (readonly Cell[])[], { isFirst }: { isFirst: boolean }): string {
  return stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? markFormulas(cell) : cell))),
    { bom: isFirst, record_delimiter: 'windows', quoted: true, quoted_empty: true },
  )
}
