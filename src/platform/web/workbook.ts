import { type PassThrough, Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Cell } from './download.ts'
import {
  mostRowsInSheet,
  namespace,
  type Sheet,
  sheetEnd,
  sheetRows,
  sheetStart,
  stylesXml,
  xmlHead,
  xmlText,
} from './worksheet.ts'

export interface Workbook extends Sheet {
  /** What its first sheet is called; of what is longer than a sheet, the others have a number besides. */
  name: string
  madeAt: Date
  /** Rows of a sheet besides its heading. */
  mostRows?: number
}

type Rows = readonly (readonly Cell[])[]

/**
 * Writes rows as a workbook of spreadsheets (ECMA-376, xlsx) while they are read: no faster than it is taken, and in memory that does
 * not grow with them. What fails while rows are read fails here; whoever stops taking it ends the reading.
 */
export async function* workbookOf(workbook: Workbook, parts: AsyncIterable<Rows>): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  // The types say no more of it than that it can be read.
  const written = zip.outputStream as PassThrough
  const rows = parts[Symbol.asyncIterator]()
  // yazl looks after no stream's errors. No stream may fail with nobody looking.
  const breakOff = (error: unknown): void => {
    written.destroy(error instanceof Error ? error : new Error(String(error)))
  }
  const addSheet = (number: number, begun: Rows): void => {
    const sheet = Readable.from(
      sheetXml(workbook, {
        rows,
        begun,
        goOn: (rest) => (rest ? addSheet(number + 1, rest) : addParts(zip, workbook, number)),
      }),
      // In parts of a read, not in texts.
      { highWaterMark: 1 },
    )
    sheet.on('error', breakOff)
    written.on('close', () => sheet.destroy())
    zip.addReadStream(sheet, sheetPath(number), { mtime: workbook.madeAt })
  }
  zip.on('error', breakOff)
  addSheet(1, [])
  try {
    yield* written
  } finally {
    await rows.return?.()
  }
}

interface SheetSource {
  rows: AsyncIterator<Rows>
  /** Already read, with the sheet before. */
  begun: Rows
  /** With the rows that begin the next sheet, if there is one. */
  goOn: (rest: Rows | undefined) => void
}

async function* sheetXml(workbook: Workbook, { rows, begun, goOn }: SheetSource): AsyncGenerator<Uint8Array> {
  const { mostRows = mostRowsInSheet - 1 } = workbook
  let part: Rows | undefined = begun.length > 0 ? begun : await next(rows)
  let left = mostRows
  yield bytesOf(sheetStart(workbook, part ?? []))
  while (part && part.length <= left) {
    yield bytesOf(sheetRows(part, workbook))
    left -= part.length
    part = await next(rows)
  }
  const rest = part?.slice(left)
  if (part && left > 0) yield bytesOf(sheetRows(part.slice(0, left), workbook))
  yield bytesOf(sheetEnd())
  goOn(rest)
}

async function next(rows: AsyncIterator<Rows>): Promise<Rows | undefined> {
  const read = await rows.next()
  return read.done ? undefined : read.value
}

/** What makes sheets a workbook; last, because only then it is known how many there are. */
function addParts(zip: ZipFile, { name, madeAt: mtime }: Workbook, sheets: number): void {
  const numbers = Array.from({ length: sheets }, (_, at) => at + 1)
  const add = (path: string, xml: string): void => zip.addBuffer(Buffer.from(xmlHead + xml), path, { mtime })
  add(
    'xl/workbook.xml',
    `<workbook xmlns="${namespace}" xmlns:r="${relations}"><sheets>${numbers.map((n) => `<sheet name="${sheetName(name, n)}" sheetId="${n}" r:id="rId${n}"/>`).join('')}</sheets></workbook>`,
  )
  add(
    'xl/_rels/workbook.xml.rels',
    relationsXml([
      ...numbers.map((n): [string, string] => [`${relations}/worksheet`, `worksheets/sheet${n}.xml`]),
      [`${relations}/styles`, 'styles.xml'],
    ]),
  )
  zip.addBuffer(Buffer.from(stylesXml), 'xl/styles.xml', { mtime })
  add('_rels/.rels', relationsXml([[`${relations}/officeDocument`, 'xl/workbook.xml']]))
  add(
    '[Content_Types].xml',
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheetType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${spreadsheetType}.styles+xml"/>${numbers.map((n) => `<Override PartName="/${sheetPath(n)}" ContentType="${spreadsheetType}.worksheet+xml"/>`).join('')}</Types>`,
  )
  zip.end()
}

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const spreadsheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
export const workbookType = `${spreadsheetType}.sheet`

function relationsXml(targets: readonly [type: string, target: string][]): string {
  const each = targets.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`
}

function sheetPath(number: number): string {
  return `xl/worksheets/sheet${number}.xml`
}

/** At most 31 characters, without those that spreadsheets refuse, and no apostrophe at its ends. */
function sheetName(name: string, number: number): string {
  const end = number === 1 ? '' : ` ${number}`
  const plain = name.replaceAll(/[\\/?*[\]:'\p{C}]/gu, ' ').trim()
  return xmlText(plain.slice(0, 31 - end.length).toWellFormed() + end)
}

function bytesOf(xml: string): Uint8Array {
  return Buffer.from(xml)
}
