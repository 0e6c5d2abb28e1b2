import { type RawBuilder, sql } from 'kysely'
import type { Transaction } from '../database/database.ts'
import { only } from '../database/json-row.ts'
import { boundsOf, inOrder, keyIn, rowsAt, type Place, type RowKey, type SortOrder } from './paging.ts'

/** A list of hundreds or thousands of rows, which are all read to count them: for longer ones see `boundsOf`. */
export interface ShortList<Row, Kind extends string, Beside = null> {
  /** For the statement's `with`; its last part is `seen`, with all that the reader may see. */
  seen: RawBuilder<unknown>
  /** What is told of one row of `seen`, there called `r`, as JSON. */
  row: RawBuilder<Row>
  /** Those that the list is about. */
  within: RawBuilder<unknown>
  /** Those that the reader looks for. */
  matching: RawBuilder<unknown>
  /** By what they are counted. */
  kind: RawBuilder<Kind>
  /** Of these kinds alone they are listed. */
  kinds: readonly Kind[]
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
}

/** Page, counts and total in one statement. */
export async function readShortList<Row, Kind extends string, Beside = null>(
  tx: Transaction,
  { seen, row, within, matching, kind, kinds, order, place, beside }: ShortList<Row, Kind, Beside>,
): Promise<ListedRows<Row, Kind> & { beside: Beside }> {
  // How many there are is not known yet: of the last page more are read than it has.
  const { where, orderBy } = boundsOf(order, place, 0)
  const { rows: answers } = await sql<Omit<ListedRows<Row, Kind>, 'total'> & { beside: Beside }>`
    with ${seen}, counted as (select r.*, ${kind} as kind_of_row from seen r where ${within}),
    found as (select r.* from counted r where ${matching})
    select (select count(*)::int from counted) as all, ${beside ?? sql`null`} as beside,
      (select coalesce(json_object_agg(kind_of_row, n), '{}') from (
        select kind_of_row, count(*) as n from found group by kind_of_row) of_kind) as counts,
      (select coalesce(json_agg(json_build_object('row', ${row}, 'key', ${keyIn(order)}) order by ${orderBy}), '[]') from (
        select r.* from found r where kind_of_row = any(${kinds}::text[]) and ${where} order by ${orderBy} limit ${place.size}) r) as rows`.execute(
    tx,
  )
  const answer = only(answers)
  const total = kinds.reduce((sum, each) => sum + (answer.counts[each] ?? 0), 0)
  return { ...answer, total, rows: inOrder(place, answer.rows.slice(0, rowsAt(place, total))) }
}
