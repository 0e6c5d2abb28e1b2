import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { after, days } from '#platform/time/duration.ts'

/** How long the operator can look up who asked for addresses of others. */
const clashesKept = 730 * days

/** Removes mail addresses that nobody has confirmed in time, and what the operator need not know any longer. With the operator's role. */
export async function forgetAddresses(tx: Transaction, now: Date): Promise<void> {
  await tx.deleteFrom('mail_change').where('expires_at', '<', now).execute()
  await tx.deleteFrom('address_clash').where('at', '<', after(now, -clashesKept)).execute()
  await tx
    .deleteFrom('address_budget')
    .where(sql<Date>`coalesce(given[cardinality(given)], '-infinity')`, '<', after(now, -2 * days))
    .execute()
}
