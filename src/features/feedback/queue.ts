import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { at, type Json, jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byText, byTime } from '#platform/list/sort-keys.ts'
import { descending } from '#platform/list/sorting.ts'
import type { Language } from '#platform/words.ts'
import type { FeedbackKind } from './give.ts'

/** What users say, by whether staff have done with it. */
export const feedbackStates = ['open', 'done'] as const
export type FeedbackState = (typeof feedbackStates)[number]

/** How what is said is meant; `none`: its user did not say. */
const saidKinds = ['trouble', 'good', 'other', 'none'] as const

/** What a user has said of a page, as staff see it. */
export interface StaffFeedback {
  id: string
  at: Date
  state: FeedbackState
  customer: { id: string; name: string }
  user: { id: string; name: string }
  /** The path of the page. */
  page: string
  kind: FeedbackKind | null
  text: string
  language: Language
  browser: string
  doneAt: Date | null
  /** S-0042 */
  doneBy: string | null
  /** By which it was answered. */
  ticketId: string | null
}

/** Of a row `r` that has the customer's name, too. */
const feedbackRow = jsonRow<StaffFeedback>({
  id: value('r.key'),
  at: at('r.at'),
  state: value('r.state'),
  customer: jsonRow({ id: value('r.customer_id'), name: value('r.customer_name') }),
  user: jsonRow({ id: value('r.user_id'), name: value('r.user_name') }),
  page: value('r.page'),
  kind: value('r.kind'),
  text: value('r.text'),
  language: value('r.language'),
  browser: value('r.browser'),
  doneAt: at('r.done_at'),
  doneBy: value('r.done_by'),
  ticketId: value('r.ticket_id'),
})

/** The house has none. */
const seen = sql`seen as (
  select r.*, c.name as customer_name, case when r.done_at is null then 'open' else 'done' end as state
  from feedback r join customer c on c.id = r.customer_id where not c.is_house)`

/** Of all customers, the newest first. */
export const feedbackQueue = defineList({
  seen: (_ctx: Visitor) => seen,
  row: feedbackRow,
  search: ['r.text', 'r.page', 'r.user_name', 'r.customer_name'],
  facets: {
    state: { values: feedbackStates, column: 'r.state' },
    kind: { values: saidKinds, column: sql`coalesce(r.kind::text, 'none')` },
  },
  most: 10_000,
  sortedBy: { at: descending(byTime('r.at')) },
  last: [byText(sql`r.id::text`)],
})

export async function findFeedback({ tx }: Pick<Visitor, 'tx'>, id: string): Promise<StaffFeedback | undefined> {
  const { rows } = await sql<Json<StaffFeedback>>`
    with ${seen} select ${feedbackRow.columns} from seen r where r.key = ${id}`.execute(tx)
  return rows[0] && feedbackRow.read(rows[0])
}

/** Notes that somebody has done with it, or that it is open again. Answers whether it was otherwise. */
export async function markFeedback(
  { tx, now }: Pick<Visitor, 'tx' | 'now'>,
  { id, customer }: Pick<StaffFeedback, 'id' | 'customer'>,
  by: string | null,
): Promise<boolean> {
  const { rows } = await sql`
    update feedback set done_at = ${by === null ? null : now}, done_by = ${by}
    where customer_id = ${customer.id} and key = ${id} and (done_at is null) = ${by !== null} returning id`.execute(tx)
  return rows.length > 0
}

/** Notes by which ticket it was answered. */
export async function noteAnswer(
  { tx }: Pick<Visitor, 'tx'>,
  { id, customer }: Pick<StaffFeedback, 'id' | 'customer'>,
  ticketId: string,
): Promise<void> {
  await sql`
    update feedback set ticket_id = ${ticketId} where customer_id = ${customer.id} and key = ${id}`.execute(tx)
}
