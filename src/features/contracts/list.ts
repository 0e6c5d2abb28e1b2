import { type RawBuilder, sql } from 'kysely'
import { may } from '#features/rights/may.ts'
import { foundContracts, ruledOnly, seenBy } from '#features/rights/seen.ts'
import type { SubjectScope } from '#features/subjects/subject.ts'
import { type ContractStatus, contractStatuses } from '#features/subjects/contract-status.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import type { Actor, Context } from '#features/actor.ts'
import { type Json, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import type { List, ListKind } from '#platform/list/define-list.ts'
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
import { nextSingles } from './single-contracts.ts'
import { type ContractColumn, contractOrder, type ContractSorting, joinsFor } from './sorting.ts'

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

export interface ContractList {
  rows: ListedContract[]
  total: number
  /** By status, whatever status the filter names. */
  counts: ContractCounts
  /** Without keyword and status. */
  all: number
}

export interface ContractsAsked {
  filter: ContractFilter
  sorting: ContractSorting
  place: Place
}

interface ContractListKind extends ListKind {
  context: Context
  of: SubjectScope
  row: ContractRow
  facets: { status: ContractStatus }
  by: ContractColumn
  beside: null
}

/** The contracts that the user may see: a list of which no page may read all there is. */
export const contractList: List<ContractListKind> = {
  ...contractOrder,
  facets: { status: { values: contractStatuses } },
  isSearched: true,
  async read(ctx, { of, terms, chosen, ...asked }) {
    const list = await listContracts(ctx, { ...asked, filter: { terms, ...of, ...chosen } })
    return { ...list, beside: null }
  },
}

/** The contracts that the user may see. */
export async function listContracts(ctx: Context, asked: ContractsAsked): Promise<ContractList> {
  const { filter, place } = asked
  const { services } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
  const kept = services.filter(({ id }) => !filter.serviceId || id === filter.serviceId)
  const whole = sumOf(kept.map(({ contracts }) => contracts))
  const all = totalOf(whole, { ...filter, status: undefined })
  if (filter.terms.length === 0) {
    const total = totalOf(whole, filter)
    const { rows } = await readPage(ctx, asked, total)
    return { rows, total, counts: whole, all }
  }
  // Only the last page has to know how many there are before it is read.
  const known = place.from === 'end' ? await countFound(ctx, asked) : {}
  const { rows, counts } = await readPage(ctx, asked, totalOf(known, filter))
  return { rows, total: totalOf(counts, filter), counts, all }
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

interface PageRow {
  row: Json<StoredRow>
  key: RowKey
}

interface Page {
  rows: ListedContract[]
  /** Only of what was found by keywords. */
  counts: ContractCounts
}

async function readPage(ctx: Context, asked: ContractsAsked, total: number): Promise<Page> {
  const { tx, actor, language } = ctx
  const { place, sorting } = asked
  const order = orderIn(language, sorting, contractOrder)
  const bounds = boundsOf(order, place, total)
  const isFiltered = asked.filter.terms.length > 0
  const singles = isFiltered ? undefined : await singlesOf(ctx, asked)
  // What has several parts that read the whole of the customer's contracts is found before anything is joined to it.
  const { rows } = await sql<{ counts: ContractCounts | null; page: PageRow[] | null }>`
    with ${isFiltered ? foundByTerms(actor, asked.filter) : singles ? ruledOnly(singles) : seenBy(actor.scope).ruled}, page as materialized (
      ${isFiltered ? pageOfFound(asked, bounds) : pageOfSeen(actor, asked, bounds)}
    )
    select ${isFiltered ? countsOfFound : sql`null`} as counts, (
      select json_agg(json_build_object('row', ${storedRow.json}, 'key', ${keyIn(order)}) order by ${bounds.orderBy})
      from page join contract k on k.customer_id = ${actor.customer.id} and k.id = page.id
      join service s on s.id = k.service_id left join site t on t.customer_id = k.customer_id and t.id = k.site_id
    ) as page`.execute(tx)
  const page = rows[0]?.page ?? []
  return {
    rows: inOrder(place, page).map(({ row, key }) => ({ row: readRow(actor, row), key })),
    counts: rows[0]?.counts ?? {},
  }
}

function readRow(actor: Actor, told: Json<StoredRow>): ContractRow {
  const row = storedRow.read(told)
  return { ...row, mayEdit: may(actor, 'edit', row) }
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

/** Those that hold every term: found once, for the counts and for the page. */
function foundByTerms({ scope }: Actor, { terms, serviceId }: ContractFilter) {
  return sql`found as materialized (
    select * from ${foundContracts(scope, terms)} k
    where ${serviceId ? sql`k.service_id = ${serviceId}` : sql`true`})`
}

const countsOfFound = sql`(
  select json_object_agg(status, n) from (select status, count(*) as n from found group by status) each_status)`

async function countFound({ tx, actor }: Context, { filter }: ContractsAsked): Promise<ContractCounts> {
  const { rows } = await sql<{ counts: ContractCounts | null }>`
    with ${foundByTerms(actor, filter)} select ${countsOfFound} as counts`.execute(tx)
  return rows[0]?.counts ?? {}
}

function pageOfFound({ filter, sorting }: ContractsAsked, { where, orderBy, limit }: Bounds) {
  return sql`select k.id from found k ${joinsFor(sorting)} where ${ofStatus(filter)} and ${where} order by ${orderBy} limit ${limit}`
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

function ofStatus({ status }: ContractFilter): RawBuilder<unknown> {
  return status ? sql`k.urgency = ${contractStatuses.indexOf(status)}` : sql`true`
}

function sumOf(each: readonly ContractCounts[]): ContractCounts {
  const sum: ContractCounts = {}
  for (const status of contractStatuses) {
    const count = each.reduce((before, counts) => before + (counts[status] ?? 0), 0)
    if (count > 0) sum[status] = count
  }
  return sum
}

function totalOf(counts: ContractCounts, { status }: ContractFilter): number {
  if (status) return counts[status] ?? 0
  return Object.values(counts).reduce((before, count) => before + count, 0)
}
