import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { after, hours } from '#platform/time/duration.ts'

/** Removes what is older than two years, and budgets that are full again. With the operator's role. */
export async function forgetOldFeedback(tx: Transaction, now: Date): Promise<void> {
  await sql`delete from feedback where at < ${now}::timestamptz - interval '2 years'`.execute(tx)
  await sql`delete from feedback_budget where not exists (
    select from unnest(given) moment where moment > ${after(now, -1 * hours)})`.execute(tx)
}
