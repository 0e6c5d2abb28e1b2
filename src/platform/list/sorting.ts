import type { Language } from '../words.ts'
import type { RowKey, SortOrder } from './paging.ts'
import type { SortKey } from './sort-keys.ts'

/** One way to sort a list: by these, all in one direction. */
export interface SortWay {
  keys: readonly SortKey[]
  /** The highest comes first unless the reader turns it: times are read from the newest. */
  downFirst: boolean
}

/** The ways to sort a list, by their names in an address. The first is how it is sorted unless told. */
export type SortWays<By extends string> = Readonly<Record<By, SortWay>>

export interface Sorting<By extends string> {
  by: By
  descending: boolean
}

/** The lowest comes first. */
export function ascending(...keys: readonly SortKey[]): SortWay {
  return { keys, downFirst: false }
}

/** The highest comes first. */
export function descending(...keys: readonly SortKey[]): SortWay {
  return { keys, downFirst: true }
}

/** The names of the ways, the usual one first. */
export function waysOf<By extends string>(ways: SortWays<By>): By[] {
  // Object.keys of a complete record.
  return Object.keys(ways) as By[]
}

/** Reads from a page's query how the list is to be sorted; what cannot be is as usual. */
export function sortingOf<By extends string>(
  { sort, order }: Readonly<Record<string, string>>,
  ways: SortWays<By>,
): Sorting<By> {
  const names = waysOf(ways)
  const [usual] = names
  if (usual === undefined) throw new Error('A list is sorted in some way')
  const by = names.find((name) => name === sort) ?? usual
  return { by, descending: ways[by].downFirst !== (order === 'turned') }
}

/** A sorting as it stands in the query. */
export function sortingQuery<By extends string>(
  { by, descending: isDown }: Sorting<By>,
  ways: SortWays<By>,
): Record<'sort' | 'order', string | undefined> {
  return {
    sort: by === waysOf(ways)[0] ? undefined : by,
    order: isDown === ways[by].downFirst ? undefined : 'turned',
  }
}

/** What rows are sorted by in the end: the keys of the way chosen, and then those that tell rows apart. */
interface Sorted<By extends string> {
  sortedBy: SortWays<By>
  last: readonly SortKey[]
}

/** The order of a statement. */
export function orderIn<By extends string>(
  language: Language,
  { by, descending: isDown }: Sorting<By>,
  { sortedBy, last }: Sorted<By>,
): SortOrder {
  const columns = [...sortedBy[by].keys, ...last].map(({ column }) =>
    typeof column === 'function' ? column(language) : column,
  )
  return { columns, descending: isDown }
}

/** Whether a key, as it stands in an address, can be that of a row in this order. */
export function isKeyBy<By extends string>(by: By, { sortedBy, last }: Sorted<By>): (key: RowKey) => boolean {
  const keys = [...sortedBy[by].keys, ...last]
  return (key) => key.length === keys.length && keys.every(({ part }, at) => part.safeParse(key[at]).success)
}
