import { type RawBuilder, sql } from 'kysely'
import { subjectSearch } from '#features/subjects/subject.ts'
import { isShown } from '#features/notices/unread.ts'
import { type Order, orderRow, seenOrders } from '#features/orders/order.ts'
import { foundTelephones } from '#features/lines/find-telephones.ts'
import { foundContracts } from '#features/rights/seen.ts'
import type { ContractStatus } from '#features/subjects/contract-status.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import type { Context } from '#features/actor.ts'
import { seenTickets, type Ticket, ticketRow } from '#features/tickets/ticket.ts'
import { usersHolding } from '#features/users/find-holding.ts'
import { at, type Fact, type Json, jsonRow, only, phrase, rowsOf, value, when } from '#platform/database/json-row.ts'
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
  /** Telephone numbers and extensions of telephone systems. */
  telephones: Found<FoundTelephone>
  /** For administrators; nobody else finds any. */
  users: Found<FoundUser>
}

export interface FoundTelephone {
  id: string
  kind: 'number' | 'extension'
  number: string
  /** The memo of a number; who has an extension. */
  name: string
  contract: { id: string; number: string }
}

const noticeRow = jsonRow<FoundNotice>({
  id: value('r.id'),
  title: phrase('r.title'),
  publishedAt: at('r.published_at'),
})

const manualRow = jsonRow<FoundManual>({
  code: value('r.code'),
  title: phrase('r.title'),
  service: when(sql`r.service_id is not null`, phrase('r.name')),
  url: value('r.url'),
})

const telephoneRow = jsonRow<FoundTelephone>({
  id: value('r.id'),
  kind: value('r.kind'),
  number: value('r.number'),
  name: value('r.name'),
  contract: jsonRow({ id: value('r.contract_id'), number: value('r.contract') }),
})

const userRow = jsonRow<FoundUser>({ id: value('r.id'), name: value('r.name'), mail: value('r.mail') })

const mostOfKind = 5
/** There may be thousands: the settings site has lists of its own for them. */
const mostTelephones = 20

/** Finds what holds every term, of all that the user may see, in one statement. */
export async function search(ctx: Context, terms: readonly string[]): Promise<SearchResult> {
  const { services } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
  const resultRow = jsonRow<SearchResult>({
    contracts: foundOf(contractsHolding(ctx, terms)),
    orders: foundOf(ordersHolding(ctx, terms)),
    tickets: foundOf(ticketsHolding(ctx, terms)),
    notices: foundOf(noticesHolding(ctx, terms)),
    manuals: foundOf(
      manualsHolding(
        terms,
        services.map(({ id }) => id),
      ),
    ),
    telephones: foundOf({
      found: sql`found as (
        select t.*, k.number as contract from ${foundTelephones(ctx.actor.scope, terms, mostTelephones)} t
        join contract k on k.customer_id = ${ctx.actor.customer.id} and k.id = t.contract_id)`,
      row: telephoneRow,
      orderBy: sql`r.kind desc, r.number, r.contract`,
    }),
    users: foundOf({
      found: sql`found as (${usersHolding(ctx.actor, terms)})`,
      row: userRow,
      orderBy: sql`r.name, r.mail`,
    }),
  })
  const { rows } = await sql<Json<SearchResult>>`select ${resultRow.columns}`.execute(ctx.tx)
  return resultRow.read(only(rows))
}

interface Kind<Row> {
  /** For a `with`: its last part is `found`, all that hold every term. */
  found: RawBuilder<unknown>
  /** Of a row `r` of `found`. */
  row: Fact<Row>
  /** Of the same. */
  orderBy: RawBuilder<unknown>
}

function foundOf<Row>({ found, row, orderBy }: Kind<Row>): Fact<Found<Row>> {
  const { json, read } = jsonRow<Found<Row>>({
    total: value(sql`(select count(*) from found)`),
    rows: rowsOf(row, {
      from: sql`(select * from found r order by ${orderBy} limit ${mostOfKind}) r`,
      orderBy,
    }),
  })
  return { json: sql`(with ${found} select ${json})`, read }
}

/** The one whose number was typed comes first; then the worst. */
function contractsHolding({ actor }: Context, terms: readonly string[]): Kind<FoundContract> {
  const isExact = sql`fold_search(r.number) = fold_search(${terms.length === 1 ? terms[0] : ''})`
  const { json, read } = jsonRow<FoundContract>({
    id: value('k.id'),
    number: value('k.number'),
    service: phrase('s.name'),
    site: value('t.name'),
    memo: value('k.memo'),
    status: value('k.status'),
    isExact: value(isExact),
  })
  return {
    found: sql`found as materialized (select * from ${foundContracts(actor.scope, terms)})`,
    row: {
      json: sql`(select ${json} from contract k join service s on s.id = k.service_id
        left join site t on t.customer_id = k.customer_id and t.id = k.site_id
        where k.customer_id = ${actor.customer.id} and k.id = r.id)`,
      read,
    },
    orderBy: sql`not ${isExact}, r.status, r.number`,
  }
}

function ordersHolding({ actor }: Context, terms: readonly string[]): Kind<Order> {
  return {
    found: sql`${seenOrders(actor)}, found as (select * from seen r where ${holdsTerms(terms, subjectSearch)})`,
    row: orderRow,
    orderBy: sql`r.ordered_on desc, r.code desc`,
  }
}

function ticketsHolding({ actor }: Context, terms: readonly string[]): Kind<Ticket> {
  return {
    found: sql`${seenTickets(actor)}, found as (select * from seen r where ${holdsTerms(terms, subjectSearch)})`,
    row: ticketRow,
    orderBy: sql`r.opened_at desc, r.code desc`,
  }
}

function noticesHolding({ actor, now }: Context, terms: readonly string[]): Kind<FoundNotice> {
  return {
    found: sql`found as (select * from notice n where ${isShown(actor, now)}
      and ${holdsTerms(terms, ['n.title_ja', 'n.title_en', 'n.body_ja', 'n.body_en'])})`,
    row: noticeRow,
    orderBy: sql`r.published_at desc, r.code desc`,
  }
}

/** `services` are those that the user sees. */
function manualsHolding(terms: readonly string[], services: readonly string[]): Kind<FoundManual> {
  return {
    found: sql`found as (
      select m.*, s.name_ja, s.name_en from manual m left join service s on s.id = m.service_id
      where (m.service_id is null or m.service_id = any(${[...services]}::uuid[]))
        and ${holdsTerms(terms, ['m.title_ja', 'm.title_en', 's.name_ja', 's.name_en'])})`,
    row: manualRow,
    orderBy: sql`r.updated_on desc, r.code desc`,
  }
}
