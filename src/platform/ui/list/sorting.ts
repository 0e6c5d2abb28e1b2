import { z } from 'zod'
import { hrefOf, type ListQuery } from './list-query.tsx'
import type { ColumnSort } from './table.tsx'

/** What a list can be sorted by. The first is how it is sorted unless told. */
export interface Sortable<By extends string> {
  columns: readonly [By, ...By[]]
  /** Of these the highest comes first: times are read from the newest. */
  downFirst: readonly By[]
}

export interface Sorting<By extends string> {
  by: By
  descending: boolean
}

/** Reads from a page's query how the list is to be sorted; what cannot be is as usual. */
export function sortingOf<By extends string>(
  { sort, order }: Readonly<Record<string, string>>,
  { columns, downFirst }: Sortable<By>,
): Sorting<By> {
  const by = z.enum(columns).catch(columns[0]).parse(sort)
  return { by, descending: downFirst.includes(by) !== (order === 'turned') }
}

/** A sorting as it stands in the query. */
export function sortingQuery<By extends string>(
  { by, descending }: Sorting<By>,
  { columns, downFirst }: Sortable<By>,
): ListQuery {
  return {
    sort: by === columns[0] ? undefined : by,
    order: descending === downFirst.includes(by) ? undefined : 'turned',
  }
}

/** The head of a column sorts by it, or turns the order when the list is sorted by it already. */
export function sortLink<By extends string>(
  { path, query, sorting, sortable }: { path: string; query: ListQuery; sorting: Sorting<By>; sortable: Sortable<By> },
  by: By,
): ColumnSort {
  const isNow = sorting.by === by
  const descending = isNow ? !sorting.descending : sortable.downFirst.includes(by)
  return {
    href: hrefOf(path, { ...query, ...sortingQuery({ by, descending }, sortable) }),
    ...(isNow && { now: sorting.descending ? ('descending' as const) : ('ascending' as const) }),
  }
}
