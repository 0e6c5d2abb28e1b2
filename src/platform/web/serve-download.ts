import { stringify } from 'csv-stringify/sync'
import { inLanguage, type Words } from '../words.ts'
import type { RowKey } from '../paging.ts'
import { type Cell, type Download, type DownloadFile, notFound } from './page.ts'
import { readRequest, type WebRequest } from './request.ts'
import { type Handler, serve } from './serve.ts'
import type { SignedIn, Site } from './site.ts'
import { type Admit, openVisit } from './visit.ts'

/** Makes what answers with a CSV file (RFC 4180): read as fast as the client takes it, and no longer than it stays. */
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
            return { kind: 'error', status: 404, frame: await site.loadFrame(visitor, actor), reader }
          return { kind: 'file', name: `${file.name}.csv`, body: streamOf(file, within(site, request, admit)) }
        },
      },
      c,
      request,
    )
  }
}

type Within<C> = <T>(work: (ctx: C) => Promise<T>) => Promise<T>

/** Runs work for whoever asked, as long as they are let in. */
function within<A extends SignedIn, C>(site: Site<A>, request: WebRequest, admit: Admit<A, C>): Within<C> {
  return (work) =>
    site.program.database.transaction(async (tx) => {
      const { visitor, actor } = await openVisit(
        site,
        { ...request, visitor: { ...request.visitor, now: site.program.now() } },
        tx,
      )
      const admitted = admit(visitor, actor)
      if (typeof admitted === 'string') throw new Error('A download ended, because its session did')
      return work(admitted.ctx)
    })
}

function streamOf<C>(file: DownloadFile<C>, inVisit: Within<C>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let edge: RowKey | undefined
  let isBegun = false
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const read = await inVisit((ctx) => file.read(ctx, edge))
      const rows: (readonly Cell[])[] = isBegun ? read.rows : [file.columns, ...read.rows]
      controller.enqueue(encoder.encode(csvOf(rows, { isFirst: !isBegun })))
      isBegun = true
      edge = read.edge
      if (!edge) controller.close()
    },
  })
}

/** With the mark by which spreadsheets know UTF-8; a cell that one would take for a formula is quoted as text. */
function csvOf(rows: (readonly Cell[])[], { isFirst }: { isFirst: boolean }): string {
  return stringify(
    rows.map((row) => [...row]),
    { bom: isFirst, record_delimiter: 'windows', escape_formulas: true },
  )
}
