import type { Context } from '../context.ts'
import type { ListKind } from '../list/define-list.ts'
import type { RowKey } from '../list/paging.ts'
import { offsetClock } from '../time/format.ts'
import { nameOf } from '../time/zones.ts'
import type { Language, Words } from '../words.ts'
import { loadList } from './list-page.ts'
import { wordIn } from './row-view.tsx'
import type { ListColumn, ListData, ListPage, ListWords } from './list.ts'
import type { Cell, Download, ReadRows } from './download.ts'
import { type FormFields, notFound } from './page.ts'
import type { SignedIn } from './site.ts'

/** Rows of one read: some milliseconds each. */
const rowsAtOnce = 1000

/** Makes the files of a list, all pages of what is listed, if its columns tell them. */
export function filesOfList<
  C,
  A,
  W extends Words & ListWords,
  K extends ListKind,
  D extends ListData<K>,
  F extends FormFields,
  N extends string,
>(page: ListPage<C, A, W, K, D, F, N>): Download<C, A, W>[] {
  const { csv: path, allow, words } = page
  // Object.entries of what the page has given.
  const named = Object.entries(page.columns ?? {}) as [string, ToldColumn<K['row']>][]
  const told = named.filter(([, { csv, csvTime }]) => csv ?? csvTime)
  if (path === undefined || told.length === 0) return []
  const loadFile: Download<C, A, W>['load'] = async (ctx, asked) => {
    // The type of `list` lets only audiences in that have an actor.
    const reader = ctx as Context<SignedIn>
    const columns = told.map(([name, column]) => fileColumn(wordIn(words, name, reader.language), column, reader))
    const load = async (now: C, edge?: RowKey): Promise<D | undefined> => {
      const place = { size: rowsAtOnce, page: 1, from: edge ? { after: edge } : ('start' as const) }
      const data = await loadList(page, now, { asked, place })
      return typeof data === 'object' && 'list' in data ? data : undefined
    }
    const data = await load(ctx)
    if (!data) return notFound
    const first = rowsOf(data.list, columns)
    return {
      name: nameOfRows(page, data, reader.language),
      columns: columns.map(({ head }) => head),
      async read(now, edge) {
        if (!edge) return first
        const next = await load(now, edge)
        if (!next) throw new Error('What the list was of is gone')
        return rowsOf(next.list, columns)
      },
    }
  }
  return [{ path, allow, words, load: loadFile }]
}

/** What is listed, and whose it is. */
export function nameOfRows<D>(
  { words, whose }: { words: ListWords; whose?: (data: D, language: Language) => string },
  data: D,
  language: Language,
): string {
  return [words.title[language], whose?.(data, language)].filter(Boolean).join(' ')
}

function rowsOf<K extends ListKind>({ rows }: ListData<K>['list'], columns: readonly FileColumn<K['row']>[]): ReadRows {
  return {
    rows: rows.map(({ row }) => columns.map(({ cell }) => cell(row))),
    edge: rows.length === rowsAtOnce ? rows.at(-1)?.key : undefined,
  }
}

type ToldColumn<Row> = Pick<ListColumn<Row, never>, 'csv' | 'csvTime'>

interface FileColumn<Row> {
  head: string
  cell: (row: Row) => Cell
}

function fileColumn<Row>(
  label: string,
  { csv, csvTime }: ToldColumn<Row>,
  { actor: { timeZone }, language, now }: Context<SignedIn>,
): FileColumn<Row> {
  if (!csvTime) return { head: label, cell: (row) => csv?.(row, language) ?? null }
  const clock = offsetClock(timeZone)
  return {
    head: `${label} ${nameOf(timeZone, language, now)}`,
    cell(row) {
      const at = csvTime(row)
      return at && clock(at)
    },
  }
}
