import { sql } from 'kysely'
import { subjectColumns, subjectJoins, subjectSearch } from '#features/subjects/subject.ts'
import type { Visitor } from '#platform/context.ts'
import { jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byEnum, byText, byTime } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import { type Order, orderFacts, orderStates } from './order.ts'

/** An order of any customer, as staff see it. */
export interface QueuedOrder extends Order {
  customer: { id: string; name: string }
}

/** The orders of all customers, as far as they go; those to be delivered first at the top. */
export const orderQueue = defineList({
  seen: (_ctx: Visitor, _of: object) => sql`seen as (
    select r.id, r.customer_id, r.code, r.title_ja, r.title_en, r.state, r.ordered_on, r.delivery_on, r.updated_at, r.contract_id,
      c.name as customer_name, ${subjectColumns}
    from contract_order r join customer c on c.id = r.customer_id and not c.is_house ${subjectJoins})`,
  row: jsonRow<QueuedOrder>({
    ...orderFacts,
    customer: jsonRow({ id: value('r.customer_id'), name: value('r.customer_name') }),
  }),
  search: [...subjectSearch, 'r.customer_name'],
  facets: { state: { values: orderStates, column: 'r.state' } },
  sortedBy: {
    state: ascending(byEnum(orderStates, 'r.state'), byTime('r.delivery_on')),
    delivery: ascending(byTime('r.delivery_on')),
    ordered: descending(byTime('r.ordered_on')),
  },
  last: [byText('r.code'), byText(sql`r.id::text`)],
})
