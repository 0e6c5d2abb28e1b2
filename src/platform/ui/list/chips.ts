import type { Language, Phrase } from '../../words.ts'
import type { IconName } from '../text/icon.tsx'
import type { Chip } from './list-filter.tsx'
import type { ListQuery } from './list-query.tsx'

export interface ChipChoice<Value extends string> {
  /** In the query. */
  name: string
  values: readonly Value[]
  chosen: Value | undefined
  labels: Record<Value, Phrase>
  icons?: Partial<Record<Value, IconName>> | undefined
  /** Those that have no chip of their own: they are what rows without the others have. */
  hidden?: readonly Value[] | undefined
  count: (value: Value) => number
  /** Of a value without a row that was counted there may be some. */
  isCut?: boolean
  /** How the query says a value; unless told, under the choice's name. */
  inQuery?: (value: Value) => readonly [name: string, text: string]
}

/** The chips of one choice. Chosen once more, a chip lets go; a value without rows has none. */
export function chipsFor<Value extends string>(
  {
    name,
    values,
    chosen,
    labels,
    icons = {},
    hidden = [],
    count,
    isCut = false,
    inQuery = (value) => [name, value],
  }: ChipChoice<Value>,
  query: ListQuery,
  language: Language,
): Chip[] {
  const without = { ...query, ...Object.fromEntries(values.map((value) => [inQuery(value)[0], undefined])) }
  return values
    .filter((value) => !hidden.includes(value) && (count(value) > 0 || value === chosen || isCut))
    .map((value) => ({
      label: labels[value][language],
      count: count(value),
      icon: icons[value],
      query: value === chosen ? without : { ...without, ...Object.fromEntries([inQuery(value)]) },
      isChosen: value === chosen,
    }))
}

const all = { ja: 'すべて', en: 'All' }

/** The chip that lets go of the choices with these names. */
export function chipOfAll(names: readonly string[], { query, count, language }: AllOf): Chip {
  return {
    label: all[language],
    count,
    query: { ...query, ...Object.fromEntries(names.map((name) => [name, undefined])) },
    isChosen: names.every((name) => query[name] === undefined),
  }
}

interface AllOf {
  query: ListQuery
  count: number
  language: Language
}

/** Of rows counted by several words together, such as `open fault`: how many have these; undefined is any. */
export function countOf(
  counts: Readonly<Partial<Record<string, number>>>,
  wanted: readonly (string | undefined)[],
): number {
  const isWanted = (kind: string): boolean =>
    kind.split(' ').every((word, place) => wanted[place] === undefined || wanted[place] === word)
  return Object.entries(counts).reduce((sum, [kind, count = 0]) => (isWanted(kind) ? sum + count : sum), 0)
}
