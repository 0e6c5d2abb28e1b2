import { type RawBuilder, sql } from 'kysely'
import type { Visitor } from '../context.ts'
import type { Fact } from '../database/json-row.ts'
import { holdsTerms } from './keywords.ts'
import { boundsOf, type Place, type RowKey, type SortOrder } from './paging.ts'
import { type CutCounts, readShortList } from './short-list.ts'
import type { SortKey } from './sort-keys.ts'
import { orderIn, type Sorting, type SortWays } from './sorting.ts'

/** The types of one list, under one name. */
export interface ListKind {
  context: Visitor
  /** What the list is of: a group, what a service has. Undefined: of all there is. */
  of: unknown
  row: unknown
  /** What rows can be chosen by: of each facet the values. */
  facets: Record<string, string>
  /** The ways to sort it. */
  by: string
  beside: unknown
}

/** What is asked of a list. */
export interface ListRequest<K extends ListKind> {
  of: K['of']
  terms: readonly string[]
  /** Of a facet the value that rows must have; any, when it is not there. */
  chosen: Chosen<K>
  sorting: Sorting<K['by']>
  place: Place
}

export type Chosen<K extends ListKind> = { readonly [Name in keyof K['facets']]?: K['facets'][Name] | undefined }

export interface ListAnswer<K extends ListKind> {
  rows: readonly { row: K['row']; key: RowKey }[]
  total: number
  /** By what rows have of each facet, such as `open fault`, whatever is chosen; what no row has is absent. */
  counts: Readonly<Partial<Record<string, number>>>
  /** Whether looked for or not, and whatever is chosen. */
  all: number
  cut?: CutCounts | undefined
  beside: K['beside']
}

/** A list: what can be asked of it, and who answers. Most are made by `defineList`; one that may be long has its own `read`. */
export interface List<K extends ListKind> {
  facets: { readonly [Name in keyof K['facets']]: Choice<K['facets'][Name], K['of']> }
  sortedBy: SortWays<K['by']>
  /** What tells rows apart that are sorted alike. */
  last: readonly SortKey[]
  /** Whether there are keywords. */
  isSearched: boolean
  /** Rows of a page where the address does not tell; unless told, 20. */
  usualSize?: number
  read: (ctx: K['context'], asked: ListRequest<K>) => Promise<ListAnswer<K>>
}

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

/** A list whose rows are all read to count them, unless `known` tells how many there are. */
export interface ListDefinition<K extends ListKind> extends Pick<List<K>, 'sortedBy' | 'last'> {
  /** For a statement's `with`: its last part is `seen`, with all that the reader may see. */
  seen: (ctx: K['context'], of: K['of'], asked: SeenFor) => RawBuilder<unknown> | Promise<RawBuilder<unknown>>
  /** What is told of a row `r` of `seen`: of those of the page alone. */
  row: Fact<K['row']> | ((ctx: K['context'], of: K['of']) => Fact<K['row']>)
  /** The rows `r` that the list is about; unless told, all that are seen. */
  within?: (ctx: K['context'], of: K['of']) => RawBuilder<unknown>
  /** Columns of `r` that hold the keywords; or a condition of its own. */
  search?: readonly string[] | ((terms: readonly string[]) => RawBuilder<boolean>)
  facets?: { readonly [Name in keyof K['facets']]: Facet<K['facets'][Name], K['of']> }
  /** How many rows there are by what they have of each facet, as JSON: kept counts. With keywords, or where it tells none, rows are counted. */
  known?: (ctx: K['context'], of: K['of']) => RawBuilder<unknown> | undefined
  /** So many are counted at most: where there are so many, there may be more. */
  most?: number
  /** What else the page asks of the database, which may look at `seen` too. */
  beside?: (ctx: K['context'], of: K['of']) => Fact<K['beside']>
}

/** What is asked of those that are seen. */
export interface SeenFor {
  terms: readonly string[]
  /** Of a selection that is a part of `seen`, the first rows alone, in order, where no others are needed. */
  firstOf: (rows: RawBuilder<unknown>) => RawBuilder<unknown>
}

/** A list whose rows have an `id`: that of every row can be told, on whatever page it stands. */
export interface EveryId<K extends ListKind> {
  /** Of the rows that are asked for, at any place: the first so many, in no order. */
  everyId: (ctx: K['context'], asked: ListRequest<K>, atMost: number) => Promise<string[]>
}

/** Makes a list of what tells it from others. */
export function defineList<
  Ctx extends Visitor,
  Row,
  By extends string,
  Of = undefined,
  Facets extends Record<string, string> = Record<string, never>,
  Beside = null,
>(
  definition: ListDefinition<{ context: Ctx; of: Of; row: Row; facets: Facets; by: By; beside: Beside }>,
): List<{ context: Ctx; of: Of; row: Row; facets: Facets; by: By; beside: Beside }> &
  EveryId<{ context: Ctx; of: Of; row: Row; facets: Facets; by: By; beside: Beside }> {
  return listOf(definition)
}

function listOf<K extends ListKind>(definition: ListDefinition<K>): List<K> & EveryId<K> {
  const { seen, row, within, known, most, sortedBy, last, beside } = definition
  // The type of a list without facets has none.
  const facets = (definition.facets ?? none) as NonNullable<typeof definition.facets>
  const kind = kindBy(Object.values(facets))
  return {
    facets,
    sortedBy,
    last,
    isSearched: definition.search !== undefined,
    everyId: (ctx, asked, atMost) => findEveryId({ ...definition, facets }, ctx, { asked, kind, atMost }),
    async read(ctx, asked) {
      const { of, terms, sorting, place } = asked
      const told = typeof row === 'function' ? row(ctx, of) : row
      const also = beside?.(ctx, of)
      const order = orderIn(ctx.language, sorting, { sortedBy, last })
      const counts = terms.length === 0 ? known?.(ctx, of) : undefined
      const picked = pickedBy(facets, asked)
      const firstOf = counts && picked ? firstBy(order, { place, picked }) : (rows: RawBuilder<unknown>) => rows
      const listed = await readShortList(ctx.tx, {
        seen: await seen(ctx, of, { terms, firstOf }),
        row: told.json,
        within: within?.(ctx, of) ?? sql`true`,
        matching: matchingIn(definition, terms),
        isSearched: terms.length > 0,
        kind,
        kinds: kindsOf({ facets }, asked),
        picked,
        known: counts,
        most,
        order,
        place,
        ...(also && { beside: also.json }),
      })
      const rows = listed.rows.map((each) => ({ row: told.read(each.row), key: each.key }))
      // Without a fact beside, the type has null.
      return { ...listed, rows, beside: also ? also.read(listed.beside) : null }
    },
  }
}

async function findEveryId<K extends ListKind>(
  list: ListDefinition<K> & Pick<List<K>, 'facets'>,
  ctx: K['context'],
  { asked, kind, atMost }: { asked: ListRequest<K>; kind: RawBuilder<string>; atMost: number },
): Promise<string[]> {
  const { of, terms } = asked
  const listed = await list.seen(ctx, of, { terms, firstOf: (rows) => rows })
  const { rows } = await sql<{ id: string }>`
    with ${listed}, found as (select r.*, ${kind} as kind_of_row from seen r
      where ${list.within?.(ctx, of) ?? sql`true`} and ${matchingIn(list, terms)})
    select id from found where kind_of_row = any(${kindsOf(list, asked)}::text[]) limit ${sql.lit(atMost)}`.execute(
    ctx.tx,
  )
  return rows.map(({ id }) => id)
}

function matchingIn<K extends ListKind>(
  { search = [] }: Pick<ListDefinition<K>, 'search'>,
  terms: readonly string[],
): RawBuilder<unknown> {
  return typeof search === 'function' ? search(terms) : holdsTerms(terms, search)
}

function firstBy(
  order: SortOrder,
  { place, picked }: { place: Place; picked: RawBuilder<unknown> },
): SeenFor['firstOf'] {
  const { where, orderBy } = boundsOf(order, place, 0)
  return (rows) =>
    sql`(select r.* from (${rows}) r where ${picked} and ${where} order by ${orderBy} limit ${sql.lit(place.size)})`
}

const none: object = {}

/** What a row has of each facet, with spaces between. */
function kindBy(facets: readonly Facet<string, never>[]): RawBuilder<string> {
  if (facets.length === 0) return sql<string>`'any'`
  const columns = facets.map(({ column }) => (typeof column === 'string' ? sql.ref(column) : column))
  return sql<string>`${sql.join(
    columns.map((column) => sql`(${column})::text`),
    sql` || ' ' || `,
  )}`
}

/** The rows that are asked for, if an index finds them by each of the facets. */
function pickedBy<K extends ListKind>(
  facets: ListDefinition<K>['facets'],
  { chosen }: ListRequest<K>,
): RawBuilder<unknown> | undefined {
  // Each facet is asked for its own values alone.
  const all = Object.entries(facets ?? {}) as [string, Facet<string, K['of']>][]
  if (!all.every(([, { has }]) => has)) return undefined
  const conditions = all.flatMap(([name, { has }]) => {
    const one = chosen[name]
    return has && one !== undefined ? [has(one)] : []
  })
  return sql.join([sql`true`, ...conditions], sql` and `)
}

/** What rows may have of each facet that are asked for. */
function kindsOf<K extends ListKind>(list: Pick<List<K>, 'facets'>, { of, chosen }: ListRequest<K>): string[] {
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

export function choicesOf<K extends ListKind>({ facets }: Pick<List<K>, 'facets'>, of: K['of']): Choices[] {
  // Each facet is asked for its own values alone.
  const choices = Object.entries(facets) as [string, Choice<string, K['of']>][]
  return choices.map(([name, { values, inQuery }]) => ({
    name,
    values: typeof values === 'function' ? values(of) : values,
    inQuery: (value) => inQuery?.(value, of) ?? [name, value],
  }))
}
