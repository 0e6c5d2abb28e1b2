import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { after, days } from '#platform/time/duration.ts'

/** Longer than anybody could be told of the same again. */
const kept = 400 * days

export async function forgetTold(tx: Transaction, now: Date): Promise<void> {
  await sql`delete from told where told_at < ${after(now, -kept)}`.execute(tx)
}
