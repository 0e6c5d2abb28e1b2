import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { type Json, jsonRow, only, rowsOf, value } from '#platform/database/json-row.ts'
import { seenTickets, type Ticket, ticketRow } from '#features/tickets/ticket.ts'
import type { Phrase } from '#platform/words.ts'
import type { ContactWindow } from '#features/operators/window.ts'

export interface ServiceWindow extends ContactWindow {
  service: { id: string; code: string; name: Phrase }
}

export interface Contact {
  /** For everything that no other window is for. */
  general: ContactWindow | null
  /** In the operator's order. */
  services: ServiceWindow[]
  /** The newest that the user may see. */
  tickets: Ticket[]
}

const mostTickets = 5

/** The windows for the services given and the general one, and the newest tickets. */
export async function findContact({ tx, actor }: Context, serviceIds: readonly string[]): Promise<Contact> {
  const contactRow = jsonRow<Contact>({
    general: value(sql`(select contact_window from operator)`),
    services: value(sql`coalesce((
      select json_agg(s.contact_window || jsonb_build_object('service', jsonb_build_object(
          'id', s.id, 'code', s.code, 'name', jsonb_build_object('ja', s.name_ja, 'en', s.name_en)))
        order by c.position, s.position, s.code)
      from service s join service_category c on c.id = s.service_category_id
      where s.contact_window is not null and s.id = any(${serviceIds}::uuid[])), '[]')`),
    tickets: rowsOf(ticketRow, {
      from: sql`(select * from seen order by opened_at desc, code desc limit ${mostTickets}) r`,
      orderBy: sql`r.opened_at desc, r.code desc`,
    }),
  })
  const { rows } = await sql<Json<Contact>>`with ${seenTickets(actor)} select ${contactRow.columns}`.execute(tx)
  return contactRow.read(only(rows))
}
