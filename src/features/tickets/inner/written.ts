import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import type { TicketState } from '../ticket.ts'

/** A ticket as a door writes it; moments are texts, as files have them, or as they are stored. */
export interface TicketRow {
  customer_id: string
  code: string
  service_id: string | null
  contract_id: string | null
  kind: string
  title_ja: string
  title_en: string
  opened_at: string | Date
  state: TicketState
  updated_at: string | Date
  closed_at: string | Date | null
  solved_at: string | Date | null
  answer_due_at: string | Date | null
}

interface WrittenTicket extends Omit<TicketRow, 'customer_id' | 'updated_at'> {
  updated_at: Date
  origin: string
}

/** Of these tickets, those into which somebody of the customer's has written in the portal, by code. */
export async function findWritten(
  { tx, customer }: CustomerContext,
  codes: readonly string[],
): Promise<ReadonlyMap<string, WrittenTicket>> {
  const { rows } = await sql<WrittenTicket>`
    select code, service_id, contract_id, kind, title_ja, title_en, opened_at, state, updated_at, closed_at, solved_at,
      answer_due_at, origin
    from ticket r where customer_id = ${customer.id} and code = any(${[...codes]}::text[]) and (origin = 'portal' or exists (
      select from ticket_message m where m.customer_id = r.customer_id and m.ticket_id = r.id and m.by = 'customer' and m.author_id is not null))`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.code, row]))
}

/** What an entry makes of a ticket: nothing of what the customer has written, nor of what is later than it knows. */
export function keepWritten(given: TicketRow, written: WrittenTicket | undefined): TicketRow {
  if (!written) return given
  const { origin, state, updated_at, closed_at, solved_at, answer_due_at, ...words } = written
  const own = origin === 'portal' ? { ...given, ...words } : given
  if (new Date(given.updated_at) <= updated_at)
    return { ...own, state, updated_at, closed_at, solved_at, answer_due_at }
  const isOpen = given.state === 'open' || given.state === 'received'
  return { ...own, answer_due_at: isOpen ? answer_due_at : null }
}
