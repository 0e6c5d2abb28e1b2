import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { type SiteState, stateColumns, stateOf, type StateRow } from './find.ts'

/** Notes that a process of the settings site lives; answers what the operator says of the site. */
export async function noteSeen(tx: Transaction, now: Date): Promise<SiteState> {
  const { rows } = await sql<StateRow>`
    update site_state set seen_at = ${now} where site = 'settings' returning ${stateColumns}`.execute(tx)
  return stateOf(rows[0])
}
