import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { after, days } from '#platform/time/duration.ts'

/** How long one can read what a file has changed, and that it was run at all. */
const differencesKeptFor = 30 * days
const runsKeptFor = 400 * days

/** Erases what can be applied no longer, then what was changed, and in the end that there was something. With the operator's role. */
export async function forgetImportRuns(tx: Transaction, now: Date): Promise<void> {
  await sql`
    delete from import_part using import_run r where r.id = run_id and r.state not in ('waiting', 'queued') and r.expires_at < ${now}`.execute(
    tx,
  )
  await sql`
    update import_run set changes = '[]', unnamed = '[]', faults = '[]'
    where at < ${after(now, -differencesKeptFor)} and (changes <> '[]' or unnamed <> '[]' or faults <> '[]')`.execute(
    tx,
  )
  await sql`delete from import_run where at < ${after(now, -runsKeptFor)}`.execute(tx)
}
