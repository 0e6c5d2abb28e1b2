import { type RawBuilder, sql } from 'kysely'
import { may } from '#features/rights/may.ts'
import { ruledOnly, seenBy } from '#features/rights/seen.ts'
import { nextSingles } from '#features/service-menu/single-contracts.ts'
import { type ContractStatus, contractStatuses } from '#features/subjects/contract-status.ts'
import type { Actor, Context } from '#features/actor.ts'
import { type Json, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import {
  type Bounds,
  boundsOf,
  edgeOf,
  inOrder,
  isReversed,
  keyIn,
  type Place,
  type RowKey,
} from '#platform/list/paging.ts'
import { orderIn } from '#platform/list/sorting.ts'
import type { Phrase } from '#platform/words.ts'
import type { ContractFilter } from './filter.ts'
import { contractOrder, type ContractSorting, joinsFor } from './sorting.ts'

export interface ContractRow {
  id: string
  number: string
  groupNumber: string | null
  serviceId: string
  service: Phrase
  site: string | null
  memo: string
  status: ContractStatus
  mayEdit: boolean
}

export type ContractCounts = Partial<Record<ContractStatus, number>>

export interface ListedContract {
  row: ContractRow
  /** In the list's order. */
  key: RowKey
}

export interface ContractsAsked {
  filter: ContractFilter
  sorting: ContractSorting
  place: Place
}

type StoredRow = Omit<ContractRow, 'mayEdit'>

const storedRow = jsonRow<StoredRow>({
  id: value('k.id'),
  number: value('k.number'),
  groupNumber: value('k.group_number'),
  serviceId: value('k.service_id'),
  service: phrase('s.name'),
  site: value('t.name'),
  memo: value('k.memo'),
  status: value('k.status'),
})

export interface PageRow {
  row: Json<StoredRow>
  key: RowKey
}

/** The bounds of a place, of which the last page holds what is left over. */
export function boundsIn(
  { language }: Pick<Context, 'language'>,
  { sorting, place }: ContractsAsked,
  total: number,
): Bounds {
  return boundsOf(orderIn(language, sorting, contractOrder), place, total)
}

/** Tells the rows of a statement's part `page`, which has their ids. */
export function rowsOfPage(
  { actor, language }: Context,
  { sorting }: ContractsAsked,
  { orderBy }: Bounds,
): RawBuilder<PageRow[] | null> {
  const key = keyIn(orderIn(language, sorting, contractOrder))
  return sql`(
    select json_agg(json_build_object('row', ${storedRow.json}, 'key', ${key}) order by ${orderBy})
    from page join contract k on k.customer_id = ${actor.customer.id} and k.id = page.id
    join service s on s.id = k.service_id left join site t on t.customer_id = k.customer_id and t.id = k.site_id)`
}

/** As the reader reads them. */
export function readRows(actor: Actor, place: Place, page: PageRow[] | null | undefined): ListedContract[] {
  return inOrder(place, page ?? []).map(({ row, key }) => ({ row: readRow(actor, row), key }))
}

function readRow(actor: Actor, told: Json<StoredRow>): ContractRow {
  const row = storedRow.read(told)
  return { ...row, mayEdit: may(actor, 'edit', row) }
}

/** The page of a list without keywords; `total` matters for the last one. */
export async function readPage(ctx: Context, asked: ContractsAsked, total: number): Promise<ListedContract[]> {
  const { tx, actor } = ctx
  const bounds = boundsIn(ctx, asked, total)
  const singles = await singlesOf(ctx, asked)
  // What has several parts that read the whole of the customer's contracts is found before anything is joined to it.
  const { rows } = await sql<{ page: PageRow[] | null }>`
    with ${singles ? ruledOnly(singles) : seenBy(actor.scope).ruled}, page as materialized (${pageOfSeen(actor, asked, bounds)})
    select ${rowsOfPage(ctx, asked, bounds)} as page`.execute(tx)
  return readRows(actor, asked.place, rows[0]?.page)
}

/** Of thousands that have a rule of their own, those that can stand on the page; undefined: all of them can. */
async function singlesOf(ctx: Context, { filter, sorting, place }: ContractsAsked): Promise<string[] | undefined> {
  if (sorting.by !== 'status') return undefined
  return nextSingles(ctx, {
    urgency: filter.status && contractStatuses.indexOf(filter.status),
    serviceId: filter.serviceId,
    edge: edgeOf(place),
    descending: sorting.descending !== isReversed(place),
    limit: place.size,
  })
}

/**
 * Without keywords nothing is found first: each part of what is seen is read in order, from an index, until the page is
 * full. A user with all services has one part; else there is one for each service, and one for single contracts.
 */
function pageOfSeen(actor: Actor, { filter, sorting }: ContractsAsked, { where, orderBy, limit }: Bounds) {
  const { all, services } = actor.scope
  const { serviceId } = filter
  const part = (also: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    select k.id, k.urgency, k.number, k.group_number, k.service_id, k.site_id from contract k ${joinsFor(sorting)}
    where k.customer_id = ${actor.customer.id} and k.ended_on is null and ${ofStatus(filter)} and ${where} and ${also}
    order by ${orderBy} limit ${limit}`
  if (all !== null) return sql`select id from (${part(serviceId ? sql`k.service_id = ${serviceId}` : sql`true`)}) k`
  const { isSingle } = seenBy(actor.scope)
  const whole = [...services.keys()].filter((id) => !serviceId || id === serviceId)
  return sql`select k.id from (
      select k.* from unnest(${whole}::uuid[]) whole (id) cross join lateral (${part(sql`k.service_id = whole.id`)}) k
      union all
      (${part(sql`${isSingle({ id: 'k.id', service: 'k.service_id' })}
        and ${serviceId ? sql`k.service_id = ${serviceId}` : sql`true`}`)})
    ) k ${joinsFor(sorting)} order by ${orderBy} limit ${limit}`
}

export function ofStatus({ status }: ContractFilter): RawBuilder<unknown> {
  return status ? sql`k.urgency = ${contractStatuses.indexOf(status)}` : sql`true`
}
