import { sql } from 'kysely'
import { subjectColumns, subjectJoins, subjectSearch } from '#features/subjects/subject.ts'
import type { Visitor } from '#platform/context.ts'
import { jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger, byText, byTime } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import { type OrderRequest, requestFacts, requestStates } from './request.ts'

/** A request of any customer, as staff see it. */
export interface QueuedRequest extends OrderRequest {
  customer: { id: string; name: string }
}

/** The requests of all customers; what waits for us first, the oldest at the top. */
export const requestQueue = defineList({
  seen: (_ctx: Visitor, _of: object) => sql`seen as (
    select r.id, r.customer_id, r.code, r.kind, r.title_ja, r.title_en, r.state, r.asked_by_name, r.asked_at, r.updated_at, r.contract_id,
      c.name as customer_name, ${subjectColumns}
    from order_request r join customer c on c.id = r.customer_id and not c.is_house ${subjectJoins})`,
  row: jsonRow<QueuedRequest>({
    ...requestFacts,
    customer: jsonRow({ id: value('r.customer_id'), name: value('r.customer_name') }),
  }),
  search: [...subjectSearch, 'r.customer_name', 'r.asked_by_name'],
  facets: { state: { values: requestStates, column: 'r.state' } },
  sortedBy: {
    waiting: ascending(byInteger(sql`(r.state <> 'sent')::integer`), byTime('r.asked_at')),
    asked: descending(byTime('r.asked_at')),
  },
  last: [byText('r.code'), byText(sql`r.id::text`)],
})
