import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'

/** Removes counts that are older than a year. With the operator's role. */
export async function forgetBlockedTraffic(tx: Transaction, now: Date): Promise<void> {
  await sql`delete from blocked_traffic where day < ${now}::timestamptz - interval '1 year'`.execute(tx)
}
