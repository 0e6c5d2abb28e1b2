import { inLanguage, type Words } from '../words.ts'
import { csvOf } from './csv.ts'
import type { Cell, Download, DownloadFile, ReadRows } from './download.ts'
import { notFound } from './page.ts'
import { readRequest, type WebRequest } from './request.ts'
import { type Handler, serve } from './serve.ts'
import { admissionOf, findRequester, requestTransaction } from './requester.ts'
import type { Admit, SignedIn, Site } from './site.ts'

/** Makes what answers with a file: read as fast as the client takes it, and no longer than it stays. */
export function downloadOn<A extends SignedIn, C, W extends Words>(
  site: Site<A>,
  download: Download<C, unknown, W>,
  admit: Admit<A, C>,
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
          // The first rows are read before anything is answered: what fails there is a page that says so.
          return {
            kind: 'file',
            name: `${file.name}.${file.format ?? 'csv'}`,
            type: mediaTypes[file.format ?? 'csv'],
            body: streamOf(file, await file.read(ctx, undefined), asAdmitted),
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

function streamOf<C>(file: DownloadFile<C>, first: ReadRows, asAdmitted: Within<C>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let { edge } = first
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(textOf(file, first.rows, { isFirst: true })))
      if (!edge) controller.close()
    },
    async pull(controller) {
      const read = await asAdmitted((ctx) => file.read(ctx, edge))
      controller.enqueue(encoder.encode(textOf(file, read.rows, { isFirst: false })))
      edge = read.edge
      if (!edge) controller.close()
    },
  })
}

const mediaTypes = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl; charset=utf-8' }

function textOf<C>(
  { format, columns }: DownloadFile<C>,
  rows: readonly Cell[][],
  { isFirst }: { isFirst: boolean },
): string {
  if (format !== 'jsonl') return csvOf(isFirst ? [columns, ...rows] : rows, { isFirst })
  const objectOf = (row: readonly Cell[]) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null]))
  return rows.map((row) => `${JSON.stringify(objectOf(row))}\n`).join('')
}
