import { sql } from 'kysely'
import type { CustomerEntry } from '../import-format.ts'
import { expectEachOnce } from './each-once.ts'
import type { ImportedCustomer, Importing } from './importing.ts'
import { findSubjects } from './references.ts'
import { findUnnamed } from './unnamed.ts'
import { type ImportTable, upsert } from './upsert.ts'

const ticketTable: ImportTable = {
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
    state: 'ticket_state',
    opened_at: 'timestamptz',
    updated_at: 'timestamptz',
  },
}

/** Makes and changes a customer's inquiries and reports. Of those that a file does not name, the ones not closed are listed. */
export async function importTickets(
  importing: Importing,
  customer: ImportedCustomer,
  entries: NonNullable<CustomerEntry['tickets']>,
): Promise<void> {
  const { tx, file, tally, progress } = importing
  const codes = entries.map(({ code }) => code)
  expectEachOnce(file, codes, (index) => [...customer.path, 'tickets', index, 'code'])
  const { services, contracts } = await findSubjects(importing, customer, { key: 'tickets', entries })
  const rows = entries.map((entry) => ({
    customer_id: customer.id,
    code: entry.code,
    service_id: services.get(entry.service),
    contract_id: entry.contract && contracts.get(entry.contract),
    kind: entry.kind,
    title_ja: entry.title.ja,
    title_en: entry.title.en,
    state: entry.state,
    opened_at: entry.openedAt,
    updated_at: entry.updatedAt,
  }))
  tally('tickets', await upsert(tx, { table: ticketTable, rows }, progress))
  const open = sql`select code as name from ticket where customer_id = ${customer.id} and state <> 'closed'`
  importing.unnamed('tickets', await findUnnamed(tx, open, codes), customer.entry.code)
}
