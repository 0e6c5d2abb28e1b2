import { sql } from 'kysely'
import type { CustomerEntry } from '../import-format.ts'
import { expectEachOnce } from './each-once.ts'
import type { ImportedCustomer, Importing } from './importing.ts'
import { findSubjects } from './references.ts'
import { findUnnamed } from './unnamed.ts'
import { type ImportTable, upsert } from './upsert.ts'

const orderTable: ImportTable = {
  name: 'contract_order',
  key: ['customer_id', 'code'],
  kept: {
    customer_id: 'uuid',
    code: 'text',
    service_id: 'uuid',
    contract_id: 'uuid',
    title_ja: 'text',
    title_en: 'text',
    state: 'order_state',
    ordered_on: 'date',
    delivery_on: 'date',
    updated_at: 'timestamptz',
  },
}

/** Makes and changes what a customer has ordered. Of those that a file does not name, the ones under way are listed. */
export async function importOrders(
  importing: Importing,
  customer: ImportedCustomer,
  entries: NonNullable<CustomerEntry['orders']>,
): Promise<void> {
  const { tx, file, tally, progress } = importing
  const codes = entries.map(({ code }) => code)
  expectEachOnce(file, codes, (index) => [...customer.path, 'orders', index, 'code'])
  const { services, contracts } = await findSubjects(importing, customer, { key: 'orders', entries })
  const rows = entries.map((entry) => ({
    customer_id: customer.id,
    code: entry.code,
    service_id: services.get(entry.service),
    contract_id: entry.contract && contracts.get(entry.contract),
    title_ja: entry.title.ja,
    title_en: entry.title.en,
    state: entry.state,
    ordered_on: entry.orderedOn,
    delivery_on: entry.deliveryOn,
    updated_at: entry.updatedAt,
  }))
  tally('orders', await upsert(tx, { table: orderTable, rows }, progress))
  const open = sql`
    select code as name from contract_order where customer_id = ${customer.id} and state not in ('completed', 'cancelled')`
  importing.unnamed('orders', await findUnnamed(tx, open, codes), customer.entry.code)
}
