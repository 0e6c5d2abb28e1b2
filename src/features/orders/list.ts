import { isOf, type SubjectScope, subjectSearch } from '#features/subjects/subject.ts'
import type { Context } from '#features/actor.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byEnum, byText, byTime } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import { orderRow, orderStates, seenOrders } from './order.ts'

/** The orders that the user may see. */
export const orderList = defineList({
  seen: ({ actor }: Context, _of: SubjectScope) => seenOrders(actor),
  row: orderRow,
  within: (_ctx, of) => isOf(of),
  search: subjectSearch,
  facets: { state: { values: orderStates, column: 'r.state' } },
  sortedBy: {
    ordered: descending(byTime('r.ordered_on')),
    delivery: ascending(byTime('r.delivery_on')),
    state: ascending(byEnum(orderStates, 'r.state')),
  },
  last: [byText('r.code')],
})
