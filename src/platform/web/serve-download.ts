import { inLanguage, type Words } from '../words.ts'
import { csvOf } from './csv.ts'
import type { Cell, Download, DownloadFile, FileKind, ReadRows } from './download.ts'
import { fileName } from './file-name.ts'
import { notFound } from './page.ts'
import { readRequest } from './request.ts'
import { type Handler, serve } from './serve.ts'
import type { Admit, SignedIn, Site } from './site.ts'
import { streamOf, type Within, within } from './streamed.ts'
import { type Workbook, workbookOf, workbookType } from './workbook.ts'

/** Makes what answers with a file: read as fast as the client takes it, and no longer than it stays. */
export function downloadOn<A extends SignedIn, C, W extends Words>(
  site: Site<A>,
  download: Download<C, unknown, W>,
  { kind, admit }: { kind: FileKind; admit: Admit<A, C> },
): Handler {
  return async (c) => {
    const request = readRequest(c, site)
    return serve(
      {
        site,
        admit,
        async enter({ ctx, visitor, actor, reader }) {
          const file = await download.load(ctx, request.asked, inLanguage(download.words, visitor.language))
          if (file === notFound)
            return { kind: 'error', status: 404, frame: await site.frame.load(visitor, actor), reader, request }
          const asAdmitted = within(site, request, admit)
          const { now, language } = visitor
          const facts = { title: file.name, customer: actor?.customer.name, zone: reader.timeZone, now }
          // The first rows are read before anything is answered: what fails there is a page that says so.
          const parts = partsOf(file, await file.read(ctx, undefined), asAdmitted)
          return {
            kind: 'file',
            name: fileName({ ...facts, ending: kind }),
            type: mediaTypes[kind],
            body: streamOf(bytesOf({ kind, columns: file.columns, name: file.name, language, madeAt: now }, parts)),
          }
        },
      },
      c,
      request,
    )
  }
}

/** The rows as they are read, a thousand or so at once: the next ones when they are asked for. */
async function* partsOf<C>(file: DownloadFile<C>, first: ReadRows, asAdmitted: Within<C>): AsyncGenerator<Cell[][]> {
  yield first.rows
  for (let { edge } = first; edge;) {
    const after = edge
    const read = await asAdmitted((ctx) => file.read(ctx, after))
    yield read.rows
    edge = read.edge
  }
}

const mediaTypes: Record<FileKind, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: workbookType,
  jsonl: 'application/jsonl; charset=utf-8',
  ics: 'text/calendar; charset=utf-8',
}

interface FileOfRows extends Workbook {
  kind: FileKind
}

function bytesOf(file: FileOfRows, parts: AsyncIterable<Cell[][]>): AsyncGenerator<Uint8Array> {
  return file.kind === 'xlsx' ? workbookOf(file, parts) : textOf(file, parts)
}

async function* textOf({ kind, columns }: FileOfRows, parts: AsyncIterable<Cell[][]>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const lineOf = (row: readonly Cell[]) =>
    columns.length === 0
      ? row[0]
      : JSON.stringify(Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null])))
  let isFirst = true
  const textIn = (rows: Cell[][]): string => {
    if (kind === 'ics') return rows.flat().join('')
    if (kind === 'jsonl') return rows.map((row) => `${lineOf(row)}\n`).join('')
    return csvOf(isFirst ? [columns, ...rows] : rows, { isFirst })
  }
  for await (const rows of parts) {
    yield encoder.encode(textIn(rows))
    isFirst = false
  }
}
