import { type RawBuilder, sql } from 'kysely'
import { foundContracts } from '#features/rights/seen.ts'
import { type Scope, scopeOf } from '#features/rights/scope.ts'
import { readersKept } from '#features/sessions/readers-kept.ts'
import type { Context } from '#features/actor.ts'
import { rowsAt } from '#platform/list/paging.ts'
import type { CutCounts } from '#platform/list/short-list.ts'
import type { ContractFilter } from './filter.ts'
import {
  boundsIn,
  type ContractCounts,
  type ContractsAsked,
  type ListedContract,
  ofStatus,
  type PageRow,
  readRows,
  rowsOfPage,
} from './page.ts'
import { joinsFor } from './sorting.ts'
import { totalOf } from './totals.ts'

/** What a list with keywords comes to. */
export interface FoundList {
  rows: ListedContract[]
  counts: ContractCounts
  cut?: CutCounts
}

/** So many are counted at most of what a word that many contracts hold is found in. */
const mostCounted = 1000

/**
 * The contracts that hold every term. Of a rare word all are found, by the pairs of its letters, counted and sorted. Those of a
 * common one are too many: they are counted no further than needed, and met in the list's own order, for they lie close.
 */
export async function listFound(ctx: Context, asked: ContractsAsked): Promise<FoundList> {
  const most = isInOrder(ctx.actor.scope, asked) ? mostCounted : undefined
  const { serviceId, terms } = asked.filter
  const name = JSON.stringify(['found', most, serviceId, ...terms])
  let found: FoundList | undefined
  // With the first look the rows are found that are counted; later looks know how many there are.
  const counts = await readersKept.once(ctx.actor, name, async () => {
    found = await find(ctx, asked, most)
    return { made: found.counts, weight: 256 + name.length }
  })
  if (most === undefined || totalOf(counts, {}) < most) return found ?? find(ctx, asked)
  return (await meet(ctx, asked, counts)) ?? find(ctx, asked)
}

/** Whether an index has what the reader may see in the order that is asked for. */
function isInOrder({ all, services }: Scope, { filter: { serviceId }, sorting }: ContractsAsked): boolean {
  return sorting.by === 'status' && (all !== null || (serviceId !== undefined && services.has(serviceId)))
}

/** All of them, or `most` of them in no order that means anything. */
async function find(ctx: Context, asked: ContractsAsked, most?: number): Promise<FoundList> {
  const { actor, tx } = ctx
  const { filter, sorting, place } = asked
  // How many there are is not known yet: of the last page more are read than it has.
  const bounds = boundsIn(ctx, asked, 0)
  const { rows } = await sql<{ counts: ContractCounts | null; page: PageRow[] | null }>`
    with found as materialized (
      select * from ${foundContracts(scopeFor(actor.scope, filter), filter.terms, most)} k
      where ${filter.serviceId ? sql`k.service_id = ${filter.serviceId}` : sql`true`}
    ), page as materialized (
      select k.id from found k ${joinsFor(sorting)} where ${ofStatus(filter)} and ${bounds.where}
      order by ${bounds.orderBy} limit ${sql.lit(place.size)}
    )
    select (select json_object_agg(status, n) from (select status, count(*) as n from found group by status) each_status) as counts,
      ${rowsOfPage(ctx, asked, bounds)} as page`.execute(tx)
  const counts = rows[0]?.counts ?? {}
  const onPage = (rows[0]?.page ?? []).slice(0, rowsAt(place, totalOf(counts, filter)))
  return { rows: readRows(actor, place, onPage), counts }
}

/** A scope that is wider than the list need not be looked through. */
function scopeFor(scope: Scope, { serviceId }: ContractFilter): Scope {
  const level = serviceId === undefined ? undefined : (scope.all ?? scope.services.get(serviceId))
  return serviceId === undefined || !level ? scope : scopeOf([{ service: serviceId, contract: null, level }])
}

/** How many contracts are looked at for each that is shown, before it is given up to meet them. */
const mostPassed = 200

/** Undefined: too few were met for the page. */
async function meet(ctx: Context, asked: ContractsAsked, counts: ContractCounts): Promise<FoundList | undefined> {
  const { actor, tx } = ctx
  const { filter, place } = asked
  const bounds = boundsIn(ctx, asked, 0)
  const holds: RawBuilder<boolean> = sql`k.search like all (array(select search_pattern(term) from unnest(${filter.terms}::text[]) term))`
  const { rows } = await sql<{ page: PageRow[] | null }>`
    with page as materialized (
      select k.id, k.urgency, k.number from (
        select k.id, k.urgency, k.number, k.search from contract k
        where k.customer_id = ${actor.customer.id} and k.ended_on is null and ${ofStatus(filter)} and ${bounds.where}
          and ${filter.serviceId ? sql`k.service_id = ${filter.serviceId}` : sql`true`}
        order by ${bounds.orderBy} limit ${sql.lit(mostPassed * place.size)}
      ) k where ${holds} order by ${bounds.orderBy} limit ${sql.lit(place.size + 1)}
    )
    select ${rowsOfPage(ctx, asked, bounds)} as page`.execute(tx)
  const page = rows[0]?.page ?? []
  if (page.length <= place.size) return undefined
  // Where one more was met, more come after it; but for those of the end.
  const isLastPage = place.from === 'end'
  return { rows: readRows(actor, place, page.slice(0, place.size)), counts, cut: { isLastPage, isAllExact: true } }
}
