import { stringify } from 'csv-stringify/sync'
import type { Cell } from './download.ts'

/**
 * Writes rows for spreadsheets (RFC 4180): every cell quoted, and none that is text a formula. Numbers stay numbers, negative
 * ones too: what customers type is text. `isFirst`: begins with the mark by which spreadsheets know UTF-8.
 */
export function csvOf(rows: readonly (readonly Cell[])[], { isFirst }: { isFirst: boolean }): string {
  return stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? inert(cell) : cell))),
    { bom: isFirst, record_delimiter: 'windows', quoted: true, quoted_empty: true },
  )
}

/** What a formula begins with; full width, too, because a spreadsheet may fold it. */
const sign = '[=+\\-@＝＋－＠﹦﹢﹣﹫−]'
/** What a spreadsheet may take away before it looks: what cannot be seen, and quotes. */
const dropped = '[\\p{C}\\p{Z}\\p{DI}"]'
const begins = new RegExp(`^(?:[\\t\\r\\n]|${dropped}*${sign})`, 'u')
/** Where semicolons or tabs separate cells, quotes around a cell of ours that is not the first of its line mean nothing. */
const beginsInside = new RegExp(`([;\\t\\r\\n])(?=(?:(?![;\\t\\r\\n])${dropped})*${sign})`, 'gu')

/** Puts the apostrophe, by which spreadsheets know text, before whatever one could take for a formula. */
function inert(text: string): string {
  const marked = text.replaceAll(beginsInside, "$1'")
  return begins.test(marked) ? `'${marked}` : marked
}
