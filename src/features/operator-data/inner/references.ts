import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import type { Fault } from '../json-file.ts'
import type { ImportedCustomer, Importing } from './importing.ts'

/** Ids by what an import file calls the rows. */
export type Ids = ReadonlyMap<string, string>

export async function findServiceIds(tx: Transaction): Promise<Ids> {
  const rows = await tx.selectFrom('service').select(['id', 'code']).execute()
  return new Map(rows.map(({ id, code }) => [code, id]))
}

/** Of the numbers given, those that are contracts of the customer. */
export async function findContractIds(tx: Transaction, customerId: string, numbers: readonly string[]): Promise<Ids> {
  const { rows } = await sql<{ id: string; number: string }>`
    select contract.id, contract.number from unnest(${[...new Set(numbers)]}::text[]) as given(number)
    join contract using (number) where contract.customer_id = ${customerId}`.execute(tx)
  return new Map(rows.map(({ id, number }) => [number, id]))
}

interface Subject {
  service: string
  contract?: string | undefined
}

/** What the entries under a key of the customer are about. Throws a FaultyFile when a service or contract is not there. */
export async function findSubjects(
  { tx, file }: Importing,
  customer: ImportedCustomer,
  { key, entries }: { key: 'orders' | 'tickets' | 'blockedTraffic'; entries: readonly Subject[] },
): Promise<{ services: Ids; contracts: Ids }> {
  const numbers = entries.flatMap(({ contract = [] }) => contract)
  const services = await findServiceIds(tx)
  const contracts = await findContractIds(tx, customer.id, numbers)
  const faults = entries.flatMap(({ service, contract }, index): Fault[] => {
    const path = [...customer.path, key, index]
    return [
      ...(services.has(service) ? [] : [{ path: [...path, 'service'], message: `names no service: ${service}` }]),
      ...(!contract || contracts.has(contract)
        ? []
        : [{ path: [...path, 'contract'], message: `names no contract of ${customer.entry.code}: ${contract}` }]),
    ]
  })
  if (faults.length > 0) throw file.faulty(faults)
  return { services, contracts }
}

/** How names and mail addresses are compared: as `fold_text` does in the database. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
