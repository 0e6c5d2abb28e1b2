import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { at, type Json, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'
import { seenTickets, type Ticket, ticketRow, type TicketState } from './ticket.ts'

/** How many stand on the page of an incident, and of an outage. */
const mostOfIncident = 50

/** What was asked about an incident, as far as the user may see it, the newest first. */
export async function listTicketsOfIncident({ tx, actor }: Context, incidentId: string): Promise<Ticket[]> {
  const { rows } = await sql<Json<Ticket>>`
    with ${seenTickets(actor)} select ${ticketRow.columns}
    from seen r join ticket d on d.customer_id = ${actor.customer.id} and d.id = r.id
    where d.incident_id = ${incidentId} order by r.opened_at desc, r.code desc limit ${sql.lit(mostOfIncident)}`.execute(
    tx,
  )
  return rows.map((row) => ticketRow.read(row))
}

/** A ticket that was joined to an outage, by the incident of its customer. */
export interface JoinedTicket {
  id: string
  code: string
  title: Phrase
  state: TicketState
  customer: { id: string; name: string }
  openedAt: Date
}

export interface JoinedTickets {
  /** Those that are not closed first, the longest open ones before others. */
  rows: JoinedTicket[]
  total: number
  /** Not closed. */
  open: number
}

export async function listTicketsOfOutage({ tx }: Pick<StaffContext, 'tx'>, outageId: string): Promise<JoinedTickets> {
  const { rows } = await sql<Json<JoinedTicket & Counted>>`
    select ${joinedRow.columns}
    from incident i join ticket r on r.customer_id = i.customer_id and r.incident_id = i.id join customer c on c.id = r.customer_id
    where i.outage_id = ${outageId} and not c.is_house
    order by r.state = 'closed', r.opened_at, r.id limit ${sql.lit(mostOfIncident)}`.execute(tx)
  const read = rows.map((row) => joinedRow.read(row))
  return { rows: read, total: read[0]?.total ?? 0, open: read[0]?.open ?? 0 }
}

interface Counted {
  total: number
  open: number
}

const joinedRow = jsonRow<JoinedTicket & Counted>({
  id: value('r.id'),
  code: value('r.code'),
  title: phrase('r.title'),
  state: value('r.state'),
  customer: jsonRow({ id: value('c.id'), name: value('c.name') }),
  openedAt: at('r.opened_at'),
  total: value(sql`(count(*) over ())::integer`),
  open: value(sql`(count(*) filter (where r.state <> 'closed') over ())::integer`),
})
