import { type RawBuilder, sql } from 'kysely'
import type { Transaction } from '../database/database.ts'
import { only } from '../database/json-row.ts'
import { boundsOf, inOrder, isReversed, keyIn, rowsAt, type Place, type RowKey, type SortOrder } from './paging.ts'

/** A list whose rows are read to count them, unless how many there are is known: for longer ones see `boundsOf`. */
export interface ShortList<Row, Kind extends string, Beside = null> {
  /** For the statement's `with`; its last part is `seen`, with all that the reader may see. */
  seen: RawBuilder<unknown>
  /** What is told of one row of `seen`, there called `r`, as JSON. */
  row: RawBuilder<Row>
  /** Those that the list is about. */
  within: RawBuilder<unknown>
  /** Those that the reader looks for. */
  matching: RawBuilder<unknown>
  /** By keywords, for which each row is read. */
  isSearched?: boolean
  /** By what they are counted. */
  kind: RawBuilder<Kind>
  /** All are of one kind, of which there are as many as there are: they are counted once. */
  isOneKind?: boolean | undefined
  /** Of these kinds alone they are listed. */
  kinds: readonly Kind[]
  /** The same as a condition that an index finds them by; unless told, each is asked its kind. */
  picked?: RawBuilder<unknown> | undefined
  /** Of what is found, the rows of the page at least, for a `from`; unless told, all of it is looked through. */
  first?: RawBuilder<unknown> | undefined
  /** How many there are of each kind, as JSON, where no row need be read for it. */
  known?: RawBuilder<unknown> | undefined
  /** So many are counted at most. */
  most?: number | undefined
  order: SortOrder
  place: Place
  /** What else is asked of the database, which may look at `seen` too; as JSON. */
  beside?: RawBuilder<Beside>
}

export interface ListedRows<Row, Kind extends string> {
  rows: { row: Row; key: RowKey }[]
  total: number
  /** Of each kind, listed or not; a kind without any is absent. */
  counts: Partial<Record<Kind, number>>
  /** Whether looked for or not, and of whatever kind. */
  all: number
  cut?: CutCounts | undefined
}

/** There were too many to count them all: each count means so many or more. */
export interface CutCounts {
  /** No row comes after those of this page. */
  isLastPage: boolean
  /** How many there are without keywords is known all the same. */
  isAllExact?: true
}

/** Page, counts and total in one statement. Where the counts are known, the page is read from an index until it is full. */
export async function readShortList<Row, Kind extends string, Beside = null>(
  tx: Transaction,
  list: ShortList<Row, Kind, Beside>,
): Promise<ListedRows<Row, Kind> & { beside: Beside }> {
  const {
    seen,
    row,
    within,
    matching,
    kind,
    kinds,
    picked = sql`kind_of_row = any(${kinds}::text[])`,
    order,
    place,
    beside,
  } = list
  // How many there are is not known yet: of the last page more are read than it has.
  const { where, orderBy } = boundsOf(order, place, 0)
  const { tally, all, counts } = countsIn(list)
  // What is not read to its end is read anew for each purpose, in an order that the planner knows.
  const kept = list.most === undefined || list.isSearched ? sql`` : sql`not materialized`
  const { rows: answers } = await sql<Answer<Row, Kind, Beside>>`
    with ${seen}, counted as ${kept} (select r.*, ${kind} as kind_of_row from seen r where ${within}),
    found as ${kept} (select r.* from counted r where ${matching})${tally}
    select ${all} as all, ${beside ?? sql`null`} as beside, coalesce(${counts}, '{}') as counts,
      (select coalesce(json_agg(json_build_object('row', ${row}, 'key', ${keyIn(order)}) order by ${orderBy}), '[]') from (
        select r.* from ${list.first ?? sql`found`} r where ${picked} and ${where} order by ${orderBy}
        limit ${sql.lit(place.size + (list.most === undefined ? 0 : 1))}) r) as rows`.execute(tx)
  const answer = only(answers)
  const total = sumOf(answer.counts, kinds)
  const isCut = list.most !== undefined && answer.all === list.most
  const rows = answer.rows.slice(0, isCut ? place.size : rowsAt(place, total))
  return {
    ...answer,
    all: answer.all ?? sumOf(answer.counts),
    total,
    ...(isCut && { cut: { isLastPage: rows.length === answer.rows.length && !isReversed(place) } }),
    rows: inOrder(place, rows),
  }
}

type Counted = Pick<ShortList<never, string>, 'known' | 'most' | 'isOneKind' | 'isSearched' | 'kind'>

interface Answer<Row, Kind extends string, Beside> extends Pick<ListedRows<Row, Kind>, 'rows' | 'counts'> {
  all: number | null
  beside: Beside
}

/** How many there are, of each kind and of all; and what that is made of, for the statement's `with`. */
function countsIn({ known, most, isOneKind, isSearched, kind }: Counted) {
  if (known) return { tally: sql``, all: sql`null`, counts: known }
  const upTo = most === undefined ? sql`` : sql`limit ${sql.lit(most)}`
  const counted = sql`select count(*)::int as n from (select from counted ${upTo}) r`
  if (isOneKind && !isSearched)
    return {
      tally: sql`, tally as (${counted})`,
      all: sql`(select n from tally)`,
      counts: sql`(select json_build_object(${kind}, n) from tally)`,
    }
  return {
    tally: sql``,
    all: sql`(${counted})`,
    counts: sql`(select json_object_agg(kind_of_row, n) from (
      select kind_of_row, count(*) as n from (select kind_of_row from found ${upTo}) r group by kind_of_row) of_kind)`,
  }
}

function sumOf(
  counts: Readonly<Partial<Record<string, number>>>,
  kinds: readonly string[] = Object.keys(counts),
): number {
  return kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0)
}
