import { sql } from 'kysely'
import type { CustomerEntry } from '../import-format.ts'
import { expectEachOnce } from './each-once.ts'
import type { ImportedCustomer, Importing } from './importing.ts'
import { findContractIds } from './references.ts'
import { findUnnamed } from './unnamed.ts'
import { type ImportTable, upsert } from './upsert.ts'

const incidentTable: ImportTable = {
  name: 'incident',
  key: ['customer_id', 'code'],
  kept: {
    customer_id: 'uuid',
    code: 'text',
    contract_id: 'uuid',
    kind: 'incident_kind',
    title_ja: 'text',
    title_en: 'text',
    starts_at: 'timestamptz',
    ends_at: 'timestamptz',
    updated_at: 'timestamptz',
  },
}

/** Makes and changes faults and works. The status of the contracts follows at the end of the import. */
export async function importIncidents(
  importing: Importing,
  customer: ImportedCustomer,
  entries: NonNullable<CustomerEntry['incidents']>,
): Promise<void> {
  const { tx, now, file, tally, progress } = importing
  const codes = entries.map(({ code }) => code)
  expectEachOnce(file, codes, (index) => [...customer.path, 'incidents', index, 'code'])
  const contracts = await findContractIds(
    tx,
    customer.id,
    entries.map(({ contract }) => contract),
  )
  const faults = entries.flatMap(({ contract }, index) =>
    contracts.has(contract)
      ? []
      : [
          {
            path: [...customer.path, 'incidents', index, 'contract'],
            message: `names no contract of ${customer.entry.code}: ${contract}`,
          },
        ],
  )
  if (faults.length > 0) throw file.faulty(faults)
  const rows = entries.map((entry) => ({
    customer_id: customer.id,
    code: entry.code,
    contract_id: contracts.get(entry.contract),
    kind: entry.kind,
    title_ja: entry.title.ja,
    title_en: entry.title.en,
    starts_at: entry.startsAt,
    ends_at: entry.endsAt,
    updated_at: entry.updatedAt,
  }))
  tally('incidents', await upsert(tx, { table: incidentTable, rows }, progress))
  const open = sql`select code as name from incident where customer_id = ${customer.id} and (ends_at is null or ends_at > ${now})`
  importing.unnamed('incidents', await findUnnamed(tx, open, codes), customer.entry.code)
}
