import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'

/** Removes records and reviews that the operator need not keep any longer. With the operator's role. */
export async function forgetOldAccess(tx: Transaction, now: Date): Promise<void> {
  await sql`select door.forget_old_access(${now})`.execute(tx)
}
