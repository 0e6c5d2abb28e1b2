import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'

/** 「表示件数」 */
export const pageSizes = [10, 20, 50, 100] as const

/** What tells a row's place in a list: what it is sorted by, and then what is its own. */
export type RowKey = readonly string[]

/** Where a list is opened. By the rows at its edge, not by counting: the last page of a long list costs what the first does. */
export interface Place {
  size: number
  /** As the reader counts. A hint, for rows come and go. */
  page: number
  from: 'start' | 'end' | { after: RowKey } | { before: RowKey }
}

const placeFields = z.object({
  size: z.coerce.number().pipe(z.literal(pageSizes)).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
  after: z.string().optional(),
  before: z.string().optional(),
  end: z.literal('true').optional().catch(undefined),
})

/** Reads the place from a page's query; one whose key can be that of no row is the start. */
export function placeOf(
  query: Readonly<Record<string, string>>,
  { isKey, size: usual = 20 }: { isKey: (key: RowKey) => boolean; size?: number | undefined },
): Place {
  const { size = usual, page, after, before, end } = placeFields.parse(query)
  if (end) return { size, page, from: 'end' }
  const text = after ?? before
  const edge = text === undefined ? undefined : partsOf(text)
  if (page === 1 || !edge || !isKey(edge)) return { size, page: 1, from: 'start' }
  return { size, page, from: after === undefined ? { before: edge } : { after: edge } }
}

/** A key as it stands in a query. */
export function keyText(key: RowKey): string {
  return key.map((part) => encodeURIComponent(part).replaceAll('~', '%7E')).join('~')
}

function partsOf(text: string): string[] | undefined {
  try {
    const parts = text.split('~').map(decodeURIComponent)
    // No text of the database's can hold a zero byte.
    return parts.some((part) => part.includes('\0')) ? undefined : parts
  } catch {
    return undefined
  }
}

/** How a list is sorted: by these columns, all one way; the last ones tell rows apart. */
export interface SortOrder {
  columns: readonly RawBuilder<unknown>[]
  descending?: boolean | undefined
}

/** The key of a row in this order. */
export function keyIn({ columns }: SortOrder): RawBuilder<RowKey> {
  return sql<RowKey>`array[${sql.join(columns.map((column) => sql`(${column})::text`))}]`
}

/** What a place is in a statement. Rows of a place that is read from its end come in reverse: see `inOrder`. */
export interface Bounds {
  where: RawBuilder<boolean>
  orderBy: RawBuilder<unknown>
  /** Written out where it can be: behind a parameter the planner expects many rows, and plans anew each time. */
  limit: RawBuilder<number>
}

/** `total` matters for the last page alone, which holds what is left over. */
export function boundsOf({ columns, descending = false }: SortOrder, place: Place, total: number): Bounds {
  const down = descending !== isReversed(place)
  const edge = edgeOf(place)
  return {
    where: edge
      ? sql<boolean>`(${sql.join(columns)}) ${sql.raw(down ? '<' : '>')} (${sql.join(edge)})`
      : sql<boolean>`true`,
    orderBy: sql.join(columns.map((column) => (down ? sql`${column} desc` : column))),
    limit: place.from === 'end' ? sql`${rowsAt(place, total)}::integer` : sql.lit(place.size),
  }
}

/** The rows as the reader reads them. */
export function inOrder<Row>(place: Place, rows: Row[]): Row[] {
  return isReversed(place) ? rows.toReversed() : rows
}

export function pagesOf(total: number, { size }: Pick<Place, 'size'>): number {
  return Math.max(1, Math.ceil(total / size))
}

/** How many rows a place has at most: the last page has what is left over. */
export function rowsAt({ from, size }: Place, total: number): number {
  return from === 'end' ? total % size || size : size
}

/** Whether a place is read from its end. */
export function isReversed({ from }: Place): boolean {
  return from === 'end' || (typeof from === 'object' && 'before' in from)
}

export function edgeOf({ from }: Place): RowKey | undefined {
  if (typeof from === 'string') return undefined
  return 'after' in from ? from.after : from.before
}
