import { sql } from 'kysely'
import { daysShown } from '#features/threat-blocking/find.ts'
import type { CustomerEntry } from '../import-format.ts'
import { expectEachOnce } from './each-once.ts'
import type { ImportedCustomer, Importing } from './importing.ts'
import { findSubjects } from './references.ts'
import { findUnnamed } from './unnamed.ts'
import { type ImportTable, upsert } from './upsert.ts'

const blockedTrafficTable: ImportTable = {
  name: 'blocked_traffic',
  key: ['customer_id', 'day', 'subject_id', 'kind_ja'],
  kept: {
    customer_id: 'uuid',
    day: 'date',
    service_id: 'uuid',
    contract_id: 'uuid',
    subject_id: 'uuid',
    kind_ja: 'text',
    kind_en: 'text',
    count: 'bigint',
  },
}

/** Makes and changes a customer's counts. Of those that a file does not name, the ones of days that are shown are listed. */
export async function importBlockedTraffic(
  importing: Importing,
  customer: ImportedCustomer,
  entries: NonNullable<CustomerEntry['blockedTraffic']>,
): Promise<void> {
  const { tx, file, tally, progress } = importing
  const names = entries.map(({ day, service, contract, kind }) => `${day} ${contract ?? service} ${kind.ja}`)
  expectEachOnce(file, names, (index) => [...customer.path, 'blockedTraffic', index])
  const { services, contracts } = await findSubjects(importing, customer, { key: 'blockedTraffic', entries })
  const rows = entries.map(({ day, service, contract, kind, count }) => ({
    customer_id: customer.id,
    day,
    service_id: services.get(service),
    contract_id: contract && contracts.get(contract),
    subject_id: contract ? contracts.get(contract) : services.get(service),
    kind_ja: kind.ja,
    kind_en: kind.en,
    count,
  }))
  tally('blockedTraffic', await upsert(tx, { table: blockedTrafficTable, rows }, progress))
  const shown = sql`
    select b.day || ' ' || coalesce(k.number, s.code) || ' ' || b.kind_ja as name
    from blocked_traffic b join service s on s.id = b.service_id left join contract k on k.customer_id = b.customer_id and k.id = b.contract_id
    where b.customer_id = ${customer.id} and b.day > ${customer.operator.today}::date - ${sql.lit(daysShown)}`
  importing.unnamed('blockedTraffic', await findUnnamed(tx, shown, names), customer.entry.code)
}
