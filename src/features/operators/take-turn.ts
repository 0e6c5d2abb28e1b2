import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'

/** One at a time of what brings or moves customers' data: what it finds, nobody else changes before its transaction ends. */
export async function takeTurn(tx: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('madoguchi.import'))`.execute(tx)
}
