import { inLanguage, type Words } from '../words.ts'
import { csvOf } from './csv.ts'
import type { Cell, Download, DownloadFile, FileKind, ReadRows } from './download.ts'
import { fileName } from './file-name.ts'
import { notFound } from './page.ts'
import { readRequest, type WebRequest } from './request.ts'
import { type Handler, serve } from './serve.ts'
import { admissionOf, findRequester, requestTransaction } from './requester.ts'
import type { Admit, SignedIn, Site } from './site.ts'
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

type Within<C> = <T>(work: (ctx: C) => Promise<T>) => Promise<T>

/** Runs work for whoever asked, as long as they are let in. What breaks is in the log alone: the server prints what it is told. */
function within<A extends SignedIn, C>(site: Site<A>, request: WebRequest, admit: Admit<A, C>): Within<C> {
  const { now, log } = site.program
  return async (work) => {
    const working = requestTransaction(site, request, async (tx) => {
      const requester = await findRequester(site, { ...request, visitor: { ...request.visitor, now: now() } }, tx)
      const admission = await admissionOf(admit, requester, request)
      if (typeof admission === 'string') throw new Error('The session has ended')
      return work(admission.ctx)
    })
    return working.catch((error: unknown) => {
      log.error({ err: error, path: request.path }, 'a download was broken off')
      throw new Error('The download was broken off')
    })
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

function streamOf(parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await parts.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
    async cancel() {
      await parts.return(undefined)
    },
  })
}

const mediaTypes: Record<FileKind, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: workbookType,
  jsonl: 'application/jsonl; charset=utf-8',
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
  for await (const rows of parts) {
    yield encoder.encode(
      kind === 'jsonl'
        ? rows.map((row) => `${lineOf(row)}\n`).join('')
        : csvOf(isFirst ? [columns, ...rows] : rows, { isFirst }),
    )
    isFirst = false
  }
}
