import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { findSubjects, type SubjectEntry } from '#features/subjects/references.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { codesOf, findTwice, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import type { Phrase } from '#platform/words.ts'
import type { TicketState } from './ticket.ts'

/** What the customer has asked or reported, about one of its contracts or about a service. Moments have their offsets. */
export interface TicketEntry extends SubjectEntry {
  code: string
  kind: 'fault' | 'inquiry'
  title: Phrase
  state: TicketState
  openedAt: string
  updatedAt: string
}

const ticketTable: KeyedTable = {
  name: 'ticket',
  key: ['customer_id', 'code'],
  kept: {
    customer_id: 'uuid',
    code: 'text',
    service_id: 'uuid',
    contract_id: 'uuid',
    kind: 'ticket_kind',
    title_ja: 'text',
    title_en: 'text',
    state: 'text',
    opened_at: 'timestamptz',
    updated_at: 'timestamptz',
    closed_at: 'timestamptz',
  },
}

/** Makes the customer's tickets that are missing, and changes those that differ. */
export async function putTickets(
  ctx: CustomerContext,
  entries: readonly TicketEntry[],
): Promise<PutOutcome<'stands-twice' | 'unknown-service' | 'unknown-contract'>> {
  const { services, contracts, unknown } = await findSubjects(ctx, entries)
  const refused = refuseMisfits(findTwice(codesOf(entries), 'code')) ?? refuseMisfits(unknown)
  if (refused) return refused
  const rows = entries.map((entry) => ({
    customer_id: ctx.customer.id,
    code: entry.code,
    service_id: services.get(entry.service),
    contract_id: entry.contract && contracts.get(entry.contract),
    kind: entry.kind,
    title_ja: entry.title.ja,
    title_en: entry.title.en,
    state: entry.state,
    opened_at: entry.openedAt,
    updated_at: entry.updatedAt,
    closed_at: entry.state === 'closed' ? entry.updatedAt : undefined,
  }))
  return done(await upsert(ctx, ticketTable, rows))
}

/** The codes of the customer's tickets that are not closed, and that the entries do not name. */
export async function findUnnamedTickets(
  { tx, customer }: CustomerContext,
  entries: readonly TicketEntry[],
): Promise<string[]> {
  const open = sql`select code as name from ticket where customer_id = ${customer.id} and state <> 'closed'`
  return findUnnamed(tx, open, codesOf(entries))
}
