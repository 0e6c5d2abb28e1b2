import { sql } from 'kysely'
import type { Transaction } from '#platform/database.ts'

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

/** How names and mail addresses are compared: as `fold_text` does in the database. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
