import type { Context } from '../context.ts'
import type { ListKind } from '../list/define-list.ts'
import type { RowKey } from '../list/paging.ts'
import { spreadsheetClock, zoneLabel } from '../time/format.ts'
import type { Words } from '../words.ts'
import { loadList } from './list-page.ts'
import { wordIn } from './list-view.tsx'
import type { ListColumn, ListData, ListPage, ListWords } from './list.ts'
import { type Cell, type Download, type FormFields, notFound, type PageRequest, type ReadRows } from './page.ts'
import type { SignedIn } from './site.ts'

/** Rows of one read: some milliseconds each. */
const rowsAtOnce = 1000

/** Makes the file of a list: what the page lists, all pages of it, by the columns that are told in CSV. */
export function fileOfList<
  C,
  A,
  W extends Words & ListWords,
  K extends ListKind,
  D extends ListData<K>,
  F extends FormFields,
  N extends string,
>(page: ListPage<C, A, W, K, D, F, N>, path: string): Download<C, A, W> {
  const { allow, words } = page
  return {
    path,
    allow,
    words,
    async load(ctx, asked) {
      // The type of `list` lets only audiences in that have an actor.
      const signedIn = ctx as Context<SignedIn>
      const columns = fileColumns(page, signedIn)
      const read = async (now: C, edge?: RowKey): Promise<ReadRows | undefined> => {
        const rows = await readRows(page, now, { asked, edge })
        return rows && { rows: rows.map(({ row }) => columns.map(({ cell }) => cell(row))), edge: edgeOf(rows) }
      }
      const first = await read(ctx)
      if (!first) return notFound
      return {
        name: words.title[signedIn.language],
        columns: columns.map(({ head }) => head),
        async read(now, edge) {
          const next = edge ? await read(now, edge) : first
          if (!next) throw new Error('What the list was of is gone')
          return next
        },
      }
    },
  }
}

type FileCells<Row> = Pick<ListColumn<Row, never>, 'csv' | 'csvTime'>

interface FileColumn<Row> {
  head: string
  cell: (row: Row) => Cell
}

function fileColumns<Row>(
  { columns = {}, words }: { columns?: Readonly<Record<string, FileCells<Row> | undefined>>; words: Words },
  { actor: { timeZone }, language, now }: Context<SignedIn>,
): FileColumn<Row>[] {
  const clock = spreadsheetClock(timeZone)
  return Object.entries(columns).flatMap(([name, { csv, csvTime } = {}]) => {
    const head = wordIn(words, name, language)
    if (csv) return [{ head, cell: (row: Row) => csv(row, language) }]
    if (!csvTime) return []
    const cell = (row: Row): Cell => {
      const at = csvTime(row)
      return at && clock(at)
    }
    return [{ head: `${head} ${zoneLabel(timeZone, language, now)}`, cell }]
  })
}

async function readRows<C, K extends ListKind, D extends ListData<K>, N extends string>(
  page: Parameters<typeof loadList<C, K, D, N>>[0],
  ctx: C,
  { asked, edge }: { asked: PageRequest<N>; edge: RowKey | undefined },
): Promise<D['list']['rows'] | undefined> {
  const place = { size: rowsAtOnce, page: 1, from: edge ? { after: edge } : ('start' as const) }
  const data = await loadList(page, ctx, { asked, place })
  return typeof data === 'object' && 'list' in data ? data.list.rows : undefined
}

function edgeOf(rows: readonly { key: RowKey }[]): RowKey | undefined {
  return rows.length === rowsAtOnce ? rows.at(-1)?.key : undefined
}
