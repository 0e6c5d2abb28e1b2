import { sql } from 'kysely'
import { type ContactWindow, windowFor } from '#features/operators/window.ts'
import type { Context } from '#features/actor.ts'
import { readTicket, seenTickets, type Ticket, type TicketJson, ticketJson } from './ticket.ts'

export interface FoundTicket extends Ticket {
  /** Where it is asked about. */
  window: ContactWindow | null
}

/** A ticket that the user may see. */
export async function findTicket({ tx, actor }: Context, id: string): Promise<FoundTicket | undefined> {
  const { rows } = await sql<{ ticket: TicketJson; window: ContactWindow | null }>`
    with ${seenTickets(actor)} select ${ticketJson} as ticket, ${windowFor('r.service_id')} as window
    from seen r where r.id = ${id}`.execute(tx)
  const [found] = rows
  return found && { ...readTicket(found.ticket), window: found.window }
}
