import { type Sorting, sortingQuery, type SortWays } from '../../list/sorting.ts'
import { hrefOf, type ListQuery } from './list-query.tsx'
import type { ColumnSort } from './table.tsx'

interface SortedList<By extends string> {
  path: string
  query: ListQuery
  sorting: Sorting<By>
  sortedBy: SortWays<By>
}

/** The head of a column sorts by it, or turns the order when the list is sorted by it already. */
export function sortLink<By extends string>({ path, query, sorting, sortedBy }: SortedList<By>, by: By): ColumnSort {
  const isNow = sorting.by === by
  const descending = isNow ? !sorting.descending : sortedBy[by].downFirst
  return {
    href: hrefOf(path, { ...query, ...sortingQuery({ by, descending }, sortedBy) }),
    ...(isNow && { now: sorting.descending ? ('descending' as const) : ('ascending' as const) }),
  }
}
