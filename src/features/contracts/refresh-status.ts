import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'

/** Brings the status of every contract up to the moment: it follows from dates that nobody writes. With the operator's role. */
export async function refreshContractStatus(tx: Transaction, now: Date): Promise<void> {
  await sql`select refresh_contract_status(${now})`.execute(tx)
}
