import { type RawBuilder, sql } from 'kysely'
import type { Transaction } from './database.ts'

/** The names that the database has (a query with the one column `name`) and a list has not, in order. */
export async function findUnnamed(
  tx: Transaction,
  known: RawBuilder<unknown>,
  named: readonly string[],
): Promise<string[]> {
  // EXCEPT hashes: it stays quick when both sides are long.
  const { rows } = await sql<{ name: string }>`
    ${known} except select unnest(${named}::text[]) order by name`.execute(tx)
  return rows.map(({ name }) => name)
}
