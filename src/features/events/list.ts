import { type RawBuilder, sql } from 'kysely'
import { type Incident, incidentRow, seenIncidents } from '#features/incidents/incident.ts'
import { type Order, orderRow, seenOrders } from '#features/orders/order.ts'
import type { Context } from '#features/actor.ts'
import type { Subject } from '#features/subjects/subject.ts'
import { seenTickets, type Ticket, ticketRow } from '#features/tickets/ticket.ts'
import { type Fact, type Json, jsonRow, only, rowsOf } from '#platform/database/json-row.ts'

/** What goes on around a contract, the newest of each kind first. */
export interface ContractEvents {
  incidents: Incident[]
  orders: Order[]
  tickets: Ticket[]
}

const mostOfKind = 10

/** Of a contract, as far as the user may see it; in one statement. */
export async function listEventsOf(ctx: Context, contractId: string): Promise<ContractEvents> {
  const newest = <Row>(kind: Kind<Row>): Fact<Row[]> => newestOf(contractId, kind)
  const eventsRow = jsonRow<ContractEvents>({
    incidents: newest({
      seen: seenIncidents(ctx, { contractId }),
      row: incidentRow,
      orderBy: sql`r.starts_at desc, r.code desc`,
    }),
    orders: newest({ seen: seenOrders(ctx.actor), row: orderRow, orderBy: sql`r.ordered_on desc, r.code desc` }),
    tickets: newest({ seen: seenTickets(ctx.actor), row: ticketRow, orderBy: sql`r.opened_at desc, r.code desc` }),
  })
  const { rows } = await sql<Json<ContractEvents>>`select ${eventsRow.columns}`.execute(ctx.tx)
  return eventsRow.read(only(rows))
}

/** The same around what is about a contract; undefined when it is about none, or about one that has ended. */
export async function listEventsAround(
  ctx: Context,
  { contract }: Pick<Subject, 'contract'>,
): Promise<ContractEvents | undefined> {
  return contract?.id ? listEventsOf(ctx, contract.id) : undefined
}

interface Kind<Row> {
  /** For a `with`: all that the user may see, as `seen`. */
  seen: RawBuilder<unknown>
  /** Of a row `r` of `seen`. */
  row: Fact<Row>
  orderBy: RawBuilder<unknown>
}

function newestOf<Row>(contractId: string, { seen, row, orderBy }: Kind<Row>): Fact<Row[]> {
  return rowsOf(row, {
    beginning: sql`with ${seen}`,
    from: sql`(select * from seen r where r.contract_id = ${contractId} order by ${orderBy} limit ${mostOfKind}) r`,
    orderBy,
  })
}
