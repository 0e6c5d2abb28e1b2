import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { seenBy } from '#features/rights/seen.ts'
import { type ContractStatus, contractStatuses } from '#features/subjects/contract-status.ts'
import { jsonRow, mapped, rowsOf, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byEnum, byInteger, byText } from '#platform/list/sort-keys.ts'
import { ascending } from '#platform/list/sorting.ts'
import type { Position } from './position.ts'
import { prefectures } from './prefectures.ts'

/** A site with contracts that the reader may see, and how these are: other contracts in it are nobody's business here. */
export interface MapSite {
  id: string
  name: string
  /** The worst. */
  status: ContractStatus
  prefecture: number | null
  address: string
}

/** A site as it is marked on the map. */
export interface SiteMark {
  id: string
  name: string
  status: ContractStatus
  prefecture: number
  position: Position
}

/** Prefectures to which the map is narrowed; undefined: it shows all. */
export interface MapScope {
  area: readonly number[] | undefined
}

/** So many are marked at most, the worst first: the table has all. */
export const mostMarks = 2000

/**
 * The sites that the reader sees, from the worst on: of each the first contract in an index that has them by their status, so that a
 * site costs the same however many contracts it has. Beside them the marks of all that have a place within the scope.
 */
export const siteList = defineList({
  seen: ({ actor: { customer, scope } }: Context, _of: MapScope) => {
    const { ruled, isSeen } = seenBy(scope)
    return sql`${ruled}, seen as (
      select t.id, t.name, t.code, p.prefecture, p.north, p.east, coalesce(p.address, '') as address, worst.status
      from site t
      cross join lateral (
        select k.status from contract k
        where k.customer_id = ${customer.id} and k.site_id = t.id and k.ended_on is null
          and ${isSeen({ id: 'k.id', service: 'k.service_id' })}
        order by k.status limit 1) worst
      left join site_place p on p.customer_id = t.customer_id and p.site_id = t.id
      where t.customer_id = ${customer.id})`
  },
  row: jsonRow<MapSite>({
    id: value('r.id'),
    name: value('r.name'),
    status: value('r.status'),
    prefecture: value('r.prefecture'),
    address: value('r.address'),
  }),
  within: (_ctx, { area }) => isIn(area),
  search: ['r.name', 'r.address'],
  facets: { status: { values: contractStatuses, column: 'r.status' } },
  sortedBy: {
    status: ascending(byEnum(contractStatuses, 'r.status'), byText('r.name')),
    name: ascending(byText('r.name')),
    prefecture: ascending(byInteger(sql`coalesce(r.prefecture, 99)`), byText('r.name')),
  },
  last: [byText('r.code')],
  beside: (_ctx: Context, { area }: MapScope) => marksIn(area),
})

const isIn = (area: MapScope['area']): RawBuilder<unknown> =>
  area ? sql`r.prefecture = any(${area}::smallint[])` : sql`true`

interface MarkRow extends Omit<SiteMark, 'position'> {
  north: number | null
  east: number | null
}

const markRow = jsonRow<MarkRow>({
  id: value('m.id'),
  name: value('m.name'),
  status: value('m.status'),
  prefecture: value('m.prefecture'),
  north: value(sql`m.north::float`),
  east: value(sql`m.east::float`),
})

function marksIn(area: MapScope['area']) {
  const marked = rowsOf(markRow, {
    from: sql`(select * from seen r where r.prefecture is not null and ${isIn(area)} order by r.status limit ${sql.lit(mostMarks)}) m`,
    orderBy: sql`m.status, m.name, m.id`,
  })
  return mapped(marked, (rows) => rows.flatMap(markOf))
}

function markOf({ north, east, ...mark }: MarkRow): SiteMark[] {
  const seat = prefectures.get(mark.prefecture)
  const position = north === null || east === null ? seat && { north: seat.north, east: seat.east } : { north, east }
  return position ? [{ ...mark, position }] : []
}
