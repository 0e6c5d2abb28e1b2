import { isOf, type SubjectScope, subjectSearch } from '#features/subjects/subject.ts'
import type { Context } from '#features/actor.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger, byLatest, byText, byTime } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import { placeOfState, seenTickets, ticketKinds, ticketRow, ticketStates } from './ticket.ts'

/** The tickets that the user may see. */
export const ticketList = defineList({
  seen: ({ actor }: Context, _of: SubjectScope) => seenTickets(actor),
  row: ticketRow,
  within: (_ctx, of) => isOf(of),
  search: subjectSearch,
  facets: {
    state: { values: ticketStates, column: 'r.state' },
    kind: { values: ticketKinds, column: 'r.kind' },
  },
  sortedBy: {
    // What waits for the customer comes first, and of that the newest.
    state: ascending(byInteger(placeOfState), byLatest('r.opened_at')),
    opened: descending(byTime('r.opened_at')),
    updated: descending(byTime('r.updated_at')),
  },
  last: [byText('r.code')],
})
