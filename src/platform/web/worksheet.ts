import type { Language, Phrase } from '../words.ts'
import type { Cell } from './download.ts'

/** What one sheet of a workbook holds: its heading, and as many rows of a file as fit (ECMA-376 part 1, 18.3). */
export interface Sheet {
  columns: readonly string[]
  language: Language
}

/** Of spreadsheets: a longer cell, or one more row, and the file is called damaged. */
const mostInCell = 32_767
export const mostRowsInSheet = 1_048_576

/** Where a cell had to be cut, which the file of comma-separated values need not. */
const cutWords: Phrase = { ja: '…（続きはCSVファイルにあります）', en: '… (the CSV file has the rest)' }

/** The cell formats of `styles.xml`, by their index there. */
const styles = { plain: 0, head: 1, text: 2, lines: 3 } as const

/** Begins a sheet: its heading stays in view, and columns are as wide as what the first rows hold. */
export function sheetStart(sheet: Sheet, first: readonly (readonly Cell[])[]): string {
  const columns = sheet.columns.map((label, at) => {
    const width = Math.max(widthOf(label), ...first.slice(0, 200).map((row) => widthOf(row[at] ?? null)))
    return `<col min="${at + 1}" max="${at + 1}" width="${Math.min(width, 60) + 2}" customWidth="1"/>`
  })
  const head = sheet.columns.map((label) => textCell(label, styles.head)).join('')
  return `${xmlHead}<worksheet xmlns="${namespace}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData><row>${head}</row>`
}

/** Rows as they stand in a sheet. Text is text, whatever it begins with: no formula, and no zero lost that leads a number. */
export function sheetRows(rows: readonly (readonly Cell[])[], { language }: Sheet): string {
  return rows.map((row) => `<row>${row.map((cell) => cellXml(cell, language)).join('')}</row>`).join('')
}

/** Digits in cells of text are meant: no mark warns of them. */
export function sheetEnd(): string {
  return `</sheetData><ignoredErrors><ignoredError sqref="A1:XFD${mostRowsInSheet}" numberStoredAsText="1"/></ignoredErrors></worksheet>`
}

function cellXml(cell: Cell, language: Language): string {
  if (cell === null || cell === '') return '<c/>'
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`
  const end = cutWords[language]
  const text = cell.length > mostInCell ? cell.slice(0, mostInCell - end.length).toWellFormed() + end : cell
  return textCell(text, text.includes('\n') ? styles.lines : styles.text)
}

function textCell(text: string, style: number): string {
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`
}

/**
 * Text as XML holds it. What XML 1.0 (2.2) cannot hold is escaped as spreadsheets do it, `_x0001_` (ECMA-376 part 1, 22.9.2.19),
 * and so is what only looks like such an escape.
 */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(unheld, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

// A carriage return is held, but read as a line feed (XML 1.0, 2.11).
// oxlint-disable-next-line no-control-regex -- these are the ones that are meant
const unheld = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g

/** In digits: what is full width takes two. */
function widthOf(cell: Cell): number {
  const lines = String(cell ?? '').split('\n')
  return Math.max(...lines.map((line) => line.slice(0, 60).replaceAll(/[^\0-\u02ff]/g, '  ').length))
}

export const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
export const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** Text cells have the format of text, so that what is typed into them later stays text, too. */
export const stylesXml = `${xmlHead}<styleSheet xmlns="${namespace}"><fonts count="2"><font><sz val="11"/><name val="Yu Gothic"/></font><font><b/><sz val="11"/><name val="Yu Gothic"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
