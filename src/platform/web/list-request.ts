import type { List, ListAnswer, ListKind, ListRequest } from '../list/define-list.ts'
import { type Choices, choicesOf } from '../list/facets.ts'
import { keywordOf, termsOf } from '../list/keywords.ts'
import { type Place, placeOf } from '../list/paging.ts'
import { isKeyBy, sortingOf, sortingQuery } from '../list/sorting.ts'
import type { ListQuery } from '../ui/list/list-query.tsx'
import type { PageRequest } from './page.ts'

/** A list as an address asked for it. */
export interface ShownList<K extends ListKind> extends ListAnswer<K> {
  asked: ListRequest<K>
  keyword: string
  /** What can be chosen. */
  choices: readonly Choices[]
  /** All of the address's query but the place. */
  query: ListQuery
  /** What is left of it once nothing is looked for. */
  unfiltered: ListQuery
  isFiltered: boolean
  /** Of the page, without a query. */
  path: string
}

/** Reads a list of this, which the query says by `kept`: what links within the list must say, too. */
export type ReadList<K extends ListKind> = (of: K['of'], kept?: ListQuery) => Promise<ShownList<K>>

export interface ListAddress {
  path: string
  query: PageRequest['query']
  /** Unless told, as the query says. */
  place?: Place | undefined
}

/** Makes what reads a list as an address asks for it, as far as that can be. */
export function readerOf<K extends ListKind>(
  ctx: K['context'],
  list: List<K>,
  { path, query, place }: ListAddress,
): ReadList<K> {
  return async (of, kept = {}) => {
    const keyword = list.isSearched ? keywordOf(query) : ''
    const choices = choicesOf(list, of)
    const chosen = chosenIn(query, choices)
    const sorting = sortingOf(query, list.sortedBy)
    const asked: ListRequest<K> = {
      of,
      terms: termsOf(keyword),
      chosen,
      sorting,
      place: place ?? placeOf(query, { isKey: isKeyBy(sorting.by, list), size: list.usualSize }),
    }
    const isFiltered = keyword !== '' || Object.keys(chosen).length > 0
    const look = { size: query.size, ...sortingQuery(sorting, list.sortedBy) }
    return {
      ...(await list.read(ctx, asked)),
      asked,
      keyword,
      choices,
      query: { q: keyword || undefined, ...kept, ...look, ...queryOf(chosen, choices) },
      unfiltered: isFiltered ? { ...kept, ...look } : look,
      isFiltered,
      path,
    }
  }
}

function chosenIn(query: PageRequest['query'], choices: readonly Choices[]): Record<string, string> {
  const chosen = choices.flatMap(({ name, values, inQuery }): [string, string][] => {
    const value = values.find((each) => {
      const [key, text] = inQuery(each)
      return query[key] === text
    })
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(chosen)
}

function queryOf(chosen: Readonly<Record<string, string>>, choices: readonly Choices[]): ListQuery {
  return Object.fromEntries(
    choices.flatMap(({ name, inQuery }) => {
      const value = chosen[name]
      return value === undefined ? [] : [inQuery(value)]
    }),
  )
}
