import { type RawBuilder, sql } from 'kysely'
import type { Visitor } from '../context.ts'
import type { Fact } from '../database/json-row.ts'
import { type Choice, type Facet, kindBy, kindsOf } from './facets.ts'
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

/** A list whose rows are all read to count them, unless `known` tells how many there are. */
export interface ListDefinition<K extends ListKind> extends Pick<List<K>, 'sortedBy' | 'last'> {
  /** For a statement's `with`: its last part is `seen`, with all that the reader may see. */
  seen: (ctx: K['context'], of: K['of'], asked: SeenFor) => RawBuilder<unknown> | Promise<RawBuilder<unknown>>
  /** What is told of a row `r` of `seen`: of those of the page alone. */
  row: Fact<K['row']> | ((ctx: K['context'], of: K['of']) => Fact<K['row']>)
  /**
   * Without keywords, for a `from`: the rows of the page, of selections that an index has in order, the first of each by `firstOf`. Where
   * all that are seen would be sorted for it.
   */
  first?: (ctx: K['context'], of: K['of'], firstOf: SeenFor['firstOf']) => RawBuilder<unknown>
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
  const { sortedBy, last } = definition
  // The type of a list without facets has none.
  const facets = (definition.facets ?? none) as NonNullable<typeof definition.facets>
  const kind = kindBy(Object.values(facets))
  const list = { ...definition, facets }
  return {
    facets,
    sortedBy,
    last,
    isSearched: definition.search !== undefined,
    everyId: (ctx, asked, atMost) => findEveryId(list, ctx, { asked, kind, atMost }),
    read: (ctx, asked) => readList(list, ctx, { asked, kind }),
  }
}

async function readList<K extends ListKind>(
  list: ListDefinition<K> & Pick<List<K>, 'facets'>,
  ctx: K['context'],
  { asked, kind }: { asked: ListRequest<K>; kind: RawBuilder<string> },
): Promise<ListAnswer<K>> {
  const { of, terms, sorting, place } = asked
  const { seen, row, within, known, first, most, beside, facets } = list
  const told = typeof row === 'function' ? row(ctx, of) : row
  const also = beside?.(ctx, of)
  const order = orderIn(ctx.language, sorting, list)
  const counts = terms.length === 0 ? known?.(ctx, of) : undefined
  const picked = pickedBy(facets, asked)
  const firstOf = counts && picked ? firstBy(order, { place, picked }) : (rows: RawBuilder<unknown>) => rows
  const listed = await readShortList(ctx.tx, {
    seen: await seen(ctx, of, { terms, firstOf }),
    row: told.json,
    within: within?.(ctx, of) ?? sql`true`,
    matching: matchingIn(list, terms),
    isSearched: terms.length > 0,
    kind,
    isOneKind: Object.keys(facets).length === 0,
    kinds: kindsOf(list, asked),
    picked,
    first:
      picked && terms.length === 0 ? first?.(ctx, of, firstBy(order, { place: oneMore(place), picked })) : undefined,
    known: counts,
    most,
    order,
    place,
    ...(also && { beside: also.json }),
  })
  const rows = listed.rows.map((each) => ({ row: told.read(each.row), key: each.key }))
  // Without a fact beside, the type has null.
  return { ...listed, rows, beside: also ? also.read(listed.beside) : null }
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

/** Whether there are further rows is seen by one more than the page has. */
function oneMore(place: Place): Place {
  return { ...place, size: place.size + 1 }
}

const none: object = {}

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
