import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { at, type Fact, jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import type { RowKey } from '#platform/list/paging.ts'
import { byId, byMoment } from '#platform/list/sort-keys.ts'
import { descending } from '#platform/list/sorting.ts'
import { hashOfRows } from './inner/rows.ts'

/** A review that is closed. */
export interface AccessReview {
  id: string
  asOf: Date
  closedAt: Date
  closedBy: string
  note: string
  users: number
  groups: number
  rights: number
  findings: number
  /** In hexadecimal. */
  sha256: string
}

const reviewFacts: { [Name in keyof AccessReview]: Fact<AccessReview[Name]> } = {
  id: value('r.id'),
  asOf: at('r.as_of'),
  closedAt: at('r.closed_at'),
  closedBy: value('r.closed_by_name'),
  note: value('r.note'),
  users: value('r.users'),
  groups: value('r.user_groups'),
  rights: value('r.rights'),
  findings: value('r.findings'),
  sha256: value(sql`encode(r.sha256, 'hex')`),
}

/** All that were closed, the newest first. */
export const accessReviews = defineList({
  seen: ({ actor }: Context) =>
    sql`seen as (select r.* from access_review r where r.customer_id = ${actor.customer.id})`,
  row: jsonRow<AccessReview>(reviewFacts),
  sortedBy: { closedAt: descending(byMoment('r.closed_at')) },
  last: [byId('r.id')],
})

export interface CheckedReview extends AccessReview {
  /** The rows are those of the hash, and the change history has the same hash. */
  isWhole: boolean
}

/** A review with its rows compared to what was noted of them. Undefined: there is none that the reader may see. */
export async function findReview({ tx, actor }: Context, id: string): Promise<CheckedReview | undefined> {
  const row = jsonRow<CheckedReview>({
    ...reviewFacts,
    isWhole: value(sql`(
      r.sha256 = (select ${hashOfRows} from access_review_row e where e.customer_id = r.customer_id and e.review_id = r.id)
      and exists (select from change_history h where h.customer_id = r.customer_id and h.subject_id = r.id
        and h.action = 'access-review-closed' and h.after ->> 'rowsSha256' = encode(r.sha256, 'hex')))`),
  })
  const { rows } = await sql<Parameters<typeof row.read>[0]>`
    select ${row.columns} from access_review r where r.customer_id = ${actor.customer.id} and r.id = ${id}`.execute(tx)
  return rows[0] && row.read(rows[0])
}

/** Lines of one read. */
const linesAtOnce = 2000

/** The rows of a review as they were hashed, a line each: the next after this edge. */
export async function readReviewLines(
  { tx, actor }: Context,
  id: string,
  [kind = '', position = '0']: RowKey = [],
): Promise<{ lines: string[]; edge: RowKey | undefined }> {
  const { rows } = await sql<{ kind: string; position: number; line: string }>`
    select kind, position, told::text as line from access_review_row
    where customer_id = ${actor.customer.id} and review_id = ${id} and (kind, position) > (${kind}, ${position}::int)
    order by kind, position limit ${sql.lit(linesAtOnce)}`.execute(tx)
  const last = rows.length === linesAtOnce ? rows.at(-1) : undefined
  return { lines: rows.map(({ line }) => line), edge: last && [last.kind, String(last.position)] }
}
