import { type RawBuilder, sql } from 'kysely'
import {
  type Incident,
  type IncidentJson,
  incidentJson,
  readIncident,
  seenIncidents,
} from '#features/incidents/incident.ts'
import { type Order, type OrderJson, orderJson, readOrder, seenOrders } from '#features/orders/order.ts'
import type { Context } from '#features/actor.ts'
import { readTicket, seenTickets, type Ticket, type TicketJson, ticketJson } from '#features/tickets/ticket.ts'

/** What goes on around a contract, the newest of each kind first. */
export interface ContractEvents {
  incidents: Incident[]
  orders: Order[]
  tickets: Ticket[]
}

const mostOfKind = 10

/** Of a contract, as far as the user may see it; in one statement. */
export async function listEventsOf(ctx: Context, contractId: string): Promise<ContractEvents> {
  const newest = <Row>(kind: Kind<Row>): RawBuilder<Row[]> => newestJson(contractId, kind)
  const { rows } = await sql<{ incidents: IncidentJson[]; orders: OrderJson[]; tickets: TicketJson[] }>`select
    ${newest({ seen: seenIncidents(ctx), row: incidentJson, order: sql`r.starts_at desc, r.code desc` })} as incidents,
    ${newest({ seen: seenOrders(ctx.actor), row: orderJson, order: sql`r.ordered_on desc, r.code desc` })} as orders,
    ${newest({ seen: seenTickets(ctx.actor), row: ticketJson, order: sql`r.opened_at desc, r.code desc` })} as tickets`.execute(
    ctx.tx,
  )
  const [found] = rows
  if (!found) throw new Error('A select without from answers one row')
  return {
    incidents: found.incidents.map(readIncident),
    orders: found.orders.map(readOrder),
    tickets: found.tickets.map(readTicket),
  }
}

interface Kind<Row> {
  /** For a `with`: all that the user may see, as `seen`. */
  seen: RawBuilder<unknown>
  /** Of a row `r` of `seen`. */
  row: RawBuilder<Row>
  order: RawBuilder<unknown>
}

function newestJson<Row>(contractId: string, { seen, row, order }: Kind<Row>): RawBuilder<Row[]> {
  return sql<Row[]>`(with ${seen} select coalesce(json_agg(${row} order by ${order}), '[]') from (
    select * from seen r where r.contract_id = ${contractId} order by ${order} limit ${mostOfKind}) r)`
}
