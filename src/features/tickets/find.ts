import { sql } from 'kysely'
import { type ContactWindow, windowFor } from '#features/operators/window.ts'
import type { Context } from '#features/actor.ts'
import type { Json } from '#platform/database/json-row.ts'
import { seenTickets, type Ticket, ticketRow } from './ticket.ts'

export interface FoundTicket extends Ticket {
  /** Where it is asked about. */
  window: ContactWindow | null
}

/** A ticket that the user may see. */
export async function findTicket({ tx, actor }: Context, id: string): Promise<FoundTicket | undefined> {
  const { rows } = await sql<Json<Ticket> & Pick<FoundTicket, 'window'>>`
    with ${seenTickets(actor)} select ${ticketRow.columns}, ${windowFor('r.service_id')} as window
    from seen r where r.id = ${id}`.execute(tx)
  const [found] = rows
  return found && { ...ticketRow.read(found), window: found.window }
}
