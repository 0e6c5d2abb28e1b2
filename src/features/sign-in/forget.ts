import { after, days, hours } from '#platform/duration.ts'
import type { Transaction } from '#platform/database.ts'

/** Removes what can no longer matter: logins never finished, old failure counters, browsers and drafts. With the operator's role. */
export async function forgetOldTraces(tx: Transaction, now: Date): Promise<void> {
  await tx
    .deleteFrom('sign_in')
    .where('expires_at', '<', after(now, -1 * days))
    .execute()
  await tx
    .deleteFrom('sign_in_guard')
    .where('touched_at', '<', after(now, -2 * hours))
    .where((eb) => eb.or([eb('locked_until', 'is', null), eb('locked_until', '<', now)]))
    .execute()
  await tx
    .deleteFrom('known_browser')
    .where('last_sign_in_at', '<', after(now, -400 * days))
    .execute()
  await tx.deleteFrom('form_draft').where('expires_at', '<', now).execute()
  await tx
    .deleteFrom('session')
    .where('ended_at', '<', after(now, -30 * days))
    .execute()
}
