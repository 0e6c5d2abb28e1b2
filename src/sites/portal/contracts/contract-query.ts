import type { ContractsAsked } from '#features/contracts/list.ts'
import { type ContractColumn, contractColumns, rowKeyIn } from '#features/contracts/sorting.ts'
import { contractStatuses } from '#features/subjects/contract-status.ts'
import type { MenuService } from '#features/service-menu/find.ts'
import { placeOf } from '#platform/list/paging.ts'
import { type Sortable, sortingOf } from '#platform/ui/list/sorting.ts'
import type { PageRequest } from '#platform/web/page.ts'
import { type SubjectQuery, subjectQueryOf } from '../subjects/subject-query.ts'

export const contractSorting: Sortable<ContractColumn> = { columns: contractColumns, downFirst: [] }

/** What the address of the list says, as far as it can be. */
export interface ContractQuery extends SubjectQuery {
  asked: ContractsAsked
}

/** `services` are those the user sees; one that is not among them is not found. */
export function contractQueryOf(address: PageRequest, services: readonly MenuService[]): ContractQuery | undefined {
  const query = subjectQueryOf(address, services)
  if (!query) return undefined
  const { terms, service } = query
  const sorting = sortingOf(address.query, contractSorting)
  const status = contractStatuses.find((each) => each === address.query.status)
  return {
    ...query,
    asked: {
      filter: { terms, status, serviceId: service?.id },
      sorting,
      place: placeOf(address.query, { key: rowKeyIn(sorting) }),
    },
  }
}
