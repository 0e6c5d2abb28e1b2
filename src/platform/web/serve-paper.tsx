import { randomUUID } from 'node:crypto'
import { setImmediate as otherWork } from 'node:timers/promises'
import { renderToString } from 'preact-render-to-string'
import type { ListKind } from '../list/define-list.ts'
import { hrefOf } from '../ui/list/list-query.tsx'
import { Rows } from '../ui/list/table.tsx'
import { inLanguage, type Words } from '../words.ts'
import { nameOfRows } from './list-file.ts'
import { loadList } from './list-page.ts'
import { drawPaper, mostOnPaper, paperColumns, type Printed } from './list-paper.tsx'
import type { Drawing, ListPageKind } from './list-view.tsx'
import type { ListData, ListPage, ListWords } from './list.ts'
import type { FormFields } from './page.ts'
import { readRequest, searchOf } from './request.ts'
import { type Handler, serve, tokensOf } from './serve.ts'
import type { Admit, SignedIn, Site } from './site.ts'
import { streamOf, type Within, within } from './streamed.ts'

/** Rows of one read, and of one piece that is drawn: other requests get their turn between two. */
const rowsAtOnce = 1000
const rowsOfPiece = 100

/** The types of a list's page, under one name. */
interface Kind<
  C,
  W extends Words & ListWords,
  K extends ListKind,
  D extends ListData<K>,
  F extends FormFields,
  N extends string,
> {
  context: C
  words: W
  list: K
  data: D
  fields: F
  name: N
}

/** Makes what answers with a list on paper: all rows that are asked for, as far as they fit, drawn while they are read. */
export function paperOn<
  S extends SignedIn,
  C,
  W extends Words & ListWords,
  K extends ListKind,
  D extends ListData<K>,
  F extends FormFields,
  N extends string,
>(site: Site<S>, page: ListPage<C, unknown, W, K, D, F, N>, admit: Admit<S, C>): Handler {
  return async (c) => {
    const request = readRequest(c, site)
    const { asked, path, search } = request
    const read = async (ctx: C, after?: D): Promise<D | undefined> => {
      const edge = after?.list.rows.at(-1)?.key
      const place = { size: rowsAtOnce, page: 1, from: edge ? { after: edge } : ('start' as const) }
      const data = await loadList(page, ctx, { asked, place })
      return typeof data === 'object' && 'list' in data ? data : undefined
    }
    return serve(
      {
        site,
        admit,
        async enter({ ctx, visitor, actor, reader }) {
          const [data, frame] = await Promise.all([read(ctx), site.frame.load(visitor, actor)])
          if (!data) return { kind: 'error', status: 404, frame, reader, request }
          const tokenFor = tokensOf(request)
          const form = { action: hrefOf(data.list.path, data.list.query), token: '', values: {}, problems: [] }
          const view = { data, form, words: inLanguage(page.words, reader.language), reader, tokenFor }
          const drawing: Drawing<Kind<C, W, K, D, F, N>> = { page, view }
          // Where the rows will stand.
          const mark = randomUUID()
          const printed: Printed = { company: actor?.customer.name ?? '', person: actor?.name ?? '' }
          const whole = renderToString(
            frame({
              title: nameOfRows(page, data, reader.language),
              main: drawPaper(drawing, { printed, rows: mark }),
              path,
              search: searchOf({ search, again: undefined }),
              tokenFor,
              ...(page.section && { section: page.section }),
              ...(page.within && { within: page.within(data) }),
            }),
          )
          return {
            kind: 'paper',
            body: streamOf(
              piecesOf({ around: whole.split(mark), drawing, read, asAdmitted: within(site, request, admit) }),
            ),
          }
        },
      },
      c,
      request,
    )
  }
}

interface Paper<P extends ListPageKind> {
  /** The page before the rows, and behind them. */
  around: readonly string[]
  drawing: Drawing<P>
  read: (ctx: P['context'], after: P['data']) => Promise<P['data'] | undefined>
  asAdmitted: Within<P['context']>
}

async function* piecesOf<P extends ListPageKind>(paper: Paper<P>): AsyncGenerator<Uint8Array> {
  const { around, drawing, read, asAdmitted } = paper
  const [before = '', behind = ''] = around
  const encoder = new TextEncoder()
  yield encoder.encode(`<!doctype html>${before}`)
  let { data } = drawing.view
  for (let left = mostOnPaper; ; left -= rowsAtOnce) {
    const rows = data.list.rows.slice(0, left)
    const columns = paperColumns({ ...drawing, view: { ...drawing.view, data } })
    for (let at = 0; at < rows.length; at += rowsOfPiece) {
      const piece = (
        <Rows columns={columns} rows={rows.slice(at, at + rowsOfPiece)} rowKey={({ key }) => key.join(' ')} />
      )
      yield encoder.encode(renderToString(piece))
      await otherWork()
    }
    if (rows.length < rowsAtOnce || left <= rowsAtOnce) break
    const after = data
    const next = await asAdmitted((ctx) => read(ctx, after))
    if (!next) throw new Error('What the list was of is gone')
    data = next
  }
  yield encoder.encode(behind)
}
