import type { Transaction } from '#platform/database/database.ts'
import { after } from '#platform/time/duration.ts'
import { trustLasts, trustSlides } from './rule.ts'

/** Removes browsers whose trust is over. With the operator's role. */
export async function forgetOldTrust(tx: Transaction, now: Date): Promise<void> {
  await tx.deleteFrom('trusted_browser').where('last_used_at', '<=', after(now, -trustSlides)).execute()
  await tx.deleteFrom('trusted_browser').where('confirmed_at', '<=', after(now, -trustLasts)).execute()
}
