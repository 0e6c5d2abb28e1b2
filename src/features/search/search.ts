import { type RawBuilder, sql } from 'kysely'
import { subjectHolds } from '#features/subjects/subject.ts'
import { isShown } from '#features/notices/unread.ts'
import { type Order, type OrderJson, orderJson, readOrder, seenOrders } from '#features/orders/order.ts'
import { foundContracts } from '#features/rights/seen.ts'
import type { ContractStatus } from '#features/subjects/contract-status.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import type { Context } from '#features/actor.ts'
import { readTicket, seenTickets, type Ticket, type TicketJson, ticketJson } from '#features/tickets/ticket.ts'
import { usersHolding } from '#features/users/find-holding.ts'
import { holdsTerms } from '#platform/list/keywords.ts'
import type { Phrase } from '#platform/words.ts'

/** The first of a kind that hold every term, and how many there are. */
export interface Found<Row> {
  total: number
  rows: Row[]
}

export interface FoundContract {
  id: string
  number: string
  service: Phrase
  site: string | null
  memo: string
  status: ContractStatus
  /** Whether its number is the very keyword. */
  isExact: boolean
}

export interface FoundNotice {
  id: string
  title: Phrase
  publishedAt: Date
}

export interface FoundManual {
  code: string
  title: Phrase
  /** Null: it is about the portal as a whole. */
  service: Phrase | null
  url: string
}

export interface FoundUser {
  id: string
  name: string
  mail: string
}

export interface SearchResult {
  contracts: Found<FoundContract>
  orders: Found<Order>
  tickets: Found<Ticket>
  notices: Found<FoundNotice>
  manuals: Found<FoundManual>
  /** For administrators; nobody else finds any. */
  users: Found<FoundUser>
}

/** As the database tells it. */
interface ResultJson {
  contracts: Found<FoundContract>
  orders: Found<OrderJson>
  tickets: Found<TicketJson>
  notices: Found<Omit<FoundNotice, 'publishedAt'> & { publishedAt: string }>
  manuals: Found<FoundManual>
  users: Found<FoundUser>
}

const mostOfKind = 5

/** Finds what holds every term, of all that the user may see, in one statement. */
export async function search(ctx: Context, terms: readonly string[]): Promise<SearchResult> {
  const { services } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
  const { rows } = await sql<ResultJson>`
    select ${contractsJson(ctx, terms)} as contracts, ${ordersJson(ctx, terms)} as orders, ${ticketsJson(ctx, terms)} as tickets,
      ${noticesJson(ctx, terms)} as notices, ${manualsJson(
        terms,
        services.map(({ id }) => id),
      )} as manuals, ${usersJson(ctx, terms)} as users`.execute(ctx.tx)
  const [found] = rows
  if (!found) throw new Error('A select without from answers one row')
  const { orders, tickets, notices } = found
  return {
    ...found,
    orders: { ...orders, rows: orders.rows.map(readOrder) },
    tickets: { ...tickets, rows: tickets.rows.map(readTicket) },
    notices: { ...notices, rows: notices.rows.map((row) => ({ ...row, publishedAt: new Date(row.publishedAt) })) },
  }
}

interface Kind<Row> {
  /** For a `with`: its last part is `found`, all that hold every term. */
  found: RawBuilder<unknown>
  /** Of a row `r` of `found`. */
  row: RawBuilder<Row>
  /** Of the same. */
  order: RawBuilder<unknown>
}

function foundJson<Row>({ found, row, order }: Kind<Row>): RawBuilder<Found<Row>> {
  return sql<
    Found<Row>
  >`(with ${found} select json_build_object('total', (select count(*) from found), 'rows', coalesce((
    select json_agg(${row} order by ${order}) from (select * from found r order by ${order} limit ${mostOfKind}) r), '[]')))`
}

/** The one whose number was typed comes first; then the worst. */
function contractsJson({ actor }: Context, terms: readonly string[]): RawBuilder<Found<FoundContract>> {
  const isExact = sql`fold_search(r.number) = fold_search(${terms.length === 1 ? terms[0] : ''})`
  return foundJson({
    found: sql`found as materialized (select * from ${foundContracts(actor.scope, terms)})`,
    row: sql<FoundContract>`(
      select json_build_object('id', k.id, 'number', k.number, 'service', json_build_object('ja', s.name_ja, 'en', s.name_en),
        'site', t.name, 'memo', k.memo, 'status', k.status, 'isExact', ${isExact})
      from contract k join service s on s.id = k.service_id
      left join site t on t.customer_id = k.customer_id and t.id = k.site_id
      where k.customer_id = ${actor.customer.id} and k.id = r.id)`,
    order: sql`not ${isExact}, r.status, r.number`,
  })
}

function ordersJson({ actor }: Context, terms: readonly string[]): RawBuilder<Found<OrderJson>> {
  return foundJson({
    found: sql`${seenOrders(actor)}, found as (
      select * from seen r where ${subjectHolds(terms)})`,
    row: orderJson,
    order: sql`r.ordered_on desc, r.code desc`,
  })
}

function ticketsJson({ actor }: Context, terms: readonly string[]): RawBuilder<Found<TicketJson>> {
  return foundJson({
    found: sql`${seenTickets(actor)}, found as (
      select * from seen r where ${subjectHolds(terms)})`,
    row: ticketJson,
    order: sql`r.opened_at desc, r.code desc`,
  })
}

function noticesJson({ actor, now }: Context, terms: readonly string[]): RawBuilder<ResultJson['notices']> {
  return foundJson({
    found: sql`found as (select * from notice n where ${isShown(actor, now)}
      and ${holdsTerms(terms, ['n.title_ja', 'n.title_en', 'n.body_ja', 'n.body_en'])})`,
    row: sql<ResultJson['notices']['rows'][number]>`json_build_object(
      'id', r.id, 'title', json_build_object('ja', r.title_ja, 'en', r.title_en), 'publishedAt', r.published_at)`,
    order: sql`r.published_at desc, r.code desc`,
  })
}

/** `services` are those that the user sees. */
function manualsJson(terms: readonly string[], services: readonly string[]): RawBuilder<Found<FoundManual>> {
  return foundJson({
    found: sql`found as (
      select m.*, s.name_ja, s.name_en from manual m left join service s on s.id = m.service_id
      where (m.service_id is null or m.service_id = any(${[...services]}::uuid[]))
        and ${holdsTerms(terms, ['m.title_ja', 'm.title_en', 's.name_ja', 's.name_en'])})`,
    row: sql<FoundManual>`json_build_object('code', r.code, 'title', json_build_object('ja', r.title_ja, 'en', r.title_en),
      'service', case when r.service_id is not null then json_build_object('ja', r.name_ja, 'en', r.name_en) end, 'url', r.url)`,
    order: sql`r.updated_on desc, r.code desc`,
  })
}

function usersJson({ actor }: Context, terms: readonly string[]): RawBuilder<Found<FoundUser>> {
  return foundJson({
    found: sql`found as (${usersHolding(actor, terms)})`,
    row: sql<FoundUser>`json_build_object('id', r.id, 'name', r.name, 'mail', r.mail)`,
    order: sql`r.name, r.mail`,
  })
}
