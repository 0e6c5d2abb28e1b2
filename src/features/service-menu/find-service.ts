import { sql } from 'kysely'
import { type OfferedForm, offeredForms } from '#features/order-forms/offered.ts'
import { subjectJoins } from '#features/subjects/subject.ts'
import { seenBy } from '#features/rights/seen.ts'
import { isNotOver } from '#features/incidents/incident.ts'
import type { Context } from '#features/actor.ts'
import { placeOfState, seenTickets, type Ticket, ticketRow } from '#features/tickets/ticket.ts'
import { type Json, rowsOf } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'

/** A link of the operator's to where something of a service is set. */
export interface ServiceOption {
  name: Phrase
  text: Phrase
  url: string
}

/** What is going on with a service, of what the user may see. */
export interface ServiceFacts {
  options: ServiceOption[]
  /** By which something of it is ordered. */
  orderForms: OfferedForm[]
  /** Neither completed nor cancelled. */
  orders: number
  /** Not closed. */
  tickets: number
  /** The first of them: what waits for the customer before what is still to be done. */
  openTickets: Ticket[]
  faults: number
  /** Under way or to come. */
  works: number
}

const mostOpen = 3

/** The facts of a service that is known to be on the user's menu. */
export async function findService({ tx, actor, now }: Context, serviceId: string): Promise<ServiceFacts> {
  const { isSeen } = seenBy(actor.scope)
  const ofService = sql`r.customer_id = ${actor.customer.id} and s.id = ${serviceId} and ${isSeen({ id: 'k.id', service: 's.id' })}`
  const openTickets = rowsOf(ticketRow, {
    from: sql`(select * from open_ticket r order by ${placeOfState}, r.opened_at desc, r.code desc limit ${sql.lit(mostOpen)}) r`,
    orderBy: sql`${placeOfState}, r.opened_at desc, r.code desc`,
  })
  const { rows } = await sql<Omit<ServiceFacts, 'openTickets'> & { openTickets: Json<Ticket[]> }>`
    with ${seenTickets(actor)}, open_ticket as materialized (
      select * from seen r where r.service_id = ${serviceId} and r.state <> 'closed'
    ), incident_ahead as (
      select r.kind from incident r where r.customer_id = ${actor.customer.id} and ${isNotOver('r', now)}
        and (r.kind = 'works' or r.starts_at <= ${now}) and exists (
          select from incident_contract c join contract k on k.customer_id = c.customer_id and k.id = c.contract_id
          where c.customer_id = r.customer_id and c.incident_id = r.id and c.left_at is null and k.ended_on is null
            and k.service_id = ${serviceId} and ${isSeen({ id: 'k.id', service: 'k.service_id' })})
    )
    select service.options, ${offeredForms('service')} as "orderForms",
      (select count(*) from contract_order r ${subjectJoins} where ${ofService} and r.state not in ('completed', 'cancelled')) as orders,
      (select count(*) from open_ticket) as tickets, ${openTickets.json} as "openTickets",
      (select count(*) from incident_ahead where kind = 'fault') as faults,
      (select count(*) from incident_ahead where kind = 'works') as works
    from service where id = ${serviceId}`.execute(tx)
  const [facts] = rows
  if (!facts) throw new Error(`The menu names a service that does not exist: ${serviceId}`)
  return { ...facts, openTickets: openTickets.read(facts.openTickets) }
}
