import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'

/** Makes the months that the access history is written into, before they begin. With the operator's role. */
export async function addAccessHistoryMonths(tx: Transaction, now: Date): Promise<void> {
  await sql`call add_access_history_months(${now})`.execute(tx)
}

/** Drops the months that the operator need not keep any longer. With the operator's role. */
export async function dropOldAccessHistory(tx: Transaction, now: Date): Promise<void> {
  await sql`call drop_old_access_history(${now})`.execute(tx)
}
