import { sql } from 'kysely'
import type { ContractEntry } from '../import-format.ts'
import type { Fault } from '../json-file.ts'
import type { ImportedCustomer, Importing } from './importing.ts'
import { findServiceIds, type Ids } from './references.ts'
import { findUnnamed } from './unnamed.ts'
import { type ImportTable, upsert } from './upsert.ts'

const contractTable: ImportTable = {
  name: 'contract',
  key: ['number'],
  kept: {
    number: 'text',
    group_number: 'text',
    service_id: 'uuid',
    site_id: 'uuid',
    contacts: 'jsonb',
    opens_on: 'date',
    suspended: 'boolean',
    ended_on: 'date',
  },
  // Whose a contract is has been checked; the memo is the customer's once it is there.
  once: { customer_id: 'uuid', memo: 'text' },
}

/** Makes and changes the contracts of a customer; the database's own triggers keep their counters. */
export async function importContracts(
  importing: Importing,
  customer: ImportedCustomer,
  entries: readonly ContractEntry[],
): Promise<void> {
  const { tx, tally, progress } = importing
  const numbers = entries.map(({ number }) => number)
  await expectUsableNumbers(importing, customer, numbers)
  const { services, sites } = await findReferences(importing, customer, entries)
  const rows = entries.map((entry) => ({
    customer_id: customer.id,
    number: entry.number,
    group_number: entry.groupNumber,
    service_id: services.get(entry.service),
    site_id: entry.site && sites.get(entry.site),
    memo: entry.memo ?? '',
    contacts: entry.contacts,
    opens_on: entry.opensOn,
    suspended: entry.suspended,
    ended_on: entry.endedOn,
  }))
  tally('contracts', await upsert(tx, { table: contractTable, rows }, progress))
  const known = sql`select number as name from contract where customer_id = ${customer.id} and ended_on is null`
  importing.unnamed('contracts', await findUnnamed(tx, known, numbers), customer.entry.code)
}

/** The services and sites by code. Throws a FaultyFile when a contract names another, or ends too early. */
async function findReferences(
  { tx, file }: Importing,
  customer: ImportedCustomer,
  entries: readonly ContractEntry[],
): Promise<{ services: Ids; sites: Ids }> {
  const services = await findServiceIds(tx)
  const known = await tx.selectFrom('site').select(['id', 'code']).where('customer_id', '=', customer.id).execute()
  const sites = new Map(known.map(({ id, code }) => [code, id]))
  const faults = entries.flatMap(({ service, site, endedOn }, index): Fault[] => {
    const path = [...customer.path, 'contracts', index]
    return [
      ...(services.has(service) ? [] : [{ path: [...path, 'service'], message: `names no service: ${service}` }]),
      ...(!site || sites.has(site)
        ? []
        : [{ path: [...path, 'site'], message: `names no site of ${customer.entry.code}: ${site}` }]),
      ...(endedOn && endedOn > customer.operator.today
        ? [{ path: [...path, 'endedOn'], message: 'lies in the future: a contract is ended when its day has come' }]
        : []),
    ]
  })
  if (faults.length > 0) throw file.faulty(faults)
  return { services, sites }
}

/** Each as the operator writes them, and none of another customer. */
async function expectUsableNumbers(
  { tx, file }: Importing,
  customer: ImportedCustomer,
  numbers: readonly string[],
): Promise<void> {
  const { contractNumberPattern: pattern } = customer.operator
  const { rows } = await sql<{ index: number; isForeign: boolean }>`
    select given.position - 1 as index, contract.id is not null as "isForeign"
    from unnest(${numbers}::text[]) with ordinality as given(number, position)
    left join contract on contract.number = given.number and contract.customer_id <> ${customer.id}
    where contract.id is not null or given.number !~ ${pattern}
    order by given.position`.execute(tx)
  if (rows.length === 0) return
  throw file.faulty(
    rows.map(({ index, isForeign }) => ({
      path: [...customer.path, 'contracts', index, 'number'],
      message: isForeign
        ? `is a contract of another customer: ${numbers[index]}`
        : `does not fit the operator's pattern ${pattern}`,
    })),
  )
}
