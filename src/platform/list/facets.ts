import { type RawBuilder, sql } from 'kysely'

/** What can be chosen of a facet. */
export interface Choice<Value extends string, Of> {
  /** In the order of their chips; none has a space in it. */
  values: readonly Value[] | ((of: Of) => readonly Value[])
  /** How an address says that one is chosen; unless told, under the facet's name. */
  inQuery?: (value: Value, of: Of) => readonly [name: string, text: string]
}

/** Something that rows are counted and chosen by. */
export interface Facet<Value extends string, Of> extends Choice<Value, Of> {
  /** Which of the values a row `r` has; one that has another is counted, and not listed. */
  column: string | RawBuilder<unknown>
  /** Where rows have no others: that a row has this one, as a condition by which an index finds it. */
  has?: (value: Value) => RawBuilder<boolean>
}

/** What a row has of each facet, with spaces between. */
export function kindBy(facets: readonly Facet<string, never>[]): RawBuilder<string> {
  if (facets.length === 0) return sql<string>`'any'`
  const columns = facets.map(({ column }) => (typeof column === 'string' ? sql.ref(column) : column))
  return sql<string>`${sql.join(
    columns.map((column) => sql`(${column})::text`),
    sql` || ' ' || `,
  )}`
}

/** What has facets, by their names: of each what can be chosen. */
interface Faceted {
  facets: object
}

/** Of a facet the value that rows must have. */
type ChosenOf = Readonly<Partial<Record<string, string>>>

/** What rows may have of each facet that are asked for. */
export function kindsOf(list: Faceted, { of, chosen }: { of: unknown; chosen: ChosenOf }): string[] {
  const wanted = choicesOf(list, of).map(({ name, values }) => {
    const one = chosen[name]
    return one === undefined ? values : [one]
  })
  const kinds = wanted.reduce<string[][]>(
    (begun, values) => begun.flatMap((words) => values.map((value) => [...words, value])),
    [[]],
  )
  return wanted.length === 0 ? ['any'] : kinds.map((words) => words.join(' '))
}

/** A facet with the values that it has in a list of this or that. */
export interface Choices {
  name: string
  values: readonly string[]
  inQuery: (value: string) => readonly [name: string, text: string]
}

export function choicesOf({ facets }: Faceted, of: unknown): Choices[] {
  // Each facet is asked for its own values alone.
  const choices = Object.entries(facets) as [string, Choice<string, unknown>][]
  return choices.map(([name, { values, inQuery }]) => ({
    name,
    values: typeof values === 'function' ? values(of) : values,
    inQuery: (value) => inQuery?.(value, of) ?? [name, value],
  }))
}
