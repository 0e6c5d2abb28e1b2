import type { Context } from '#features/actor.ts'
import { isOf, type SubjectScope, subjectSearch } from '#features/subjects/subject.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byText, byTime } from '#platform/list/sort-keys.ts'
import { descending } from '#platform/list/sorting.ts'
import { requestRow, requestStates, seenRequests } from './request.ts'

/** The requests that the user may see. */
export const requestList = defineList({
  seen: ({ actor }: Context, _of: SubjectScope) => seenRequests(actor),
  row: requestRow,
  within: (_ctx, of) => isOf(of),
  search: [...subjectSearch, 'r.asked_by_name'],
  facets: { state: { values: requestStates, column: 'r.state' } },
  sortedBy: { asked: descending(byTime('r.asked_at')), updated: descending(byTime('r.updated_at')) },
  last: [byText('r.code')],
})
