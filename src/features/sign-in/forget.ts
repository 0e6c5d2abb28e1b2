import { after, days, hours } from '#platform/time/duration.ts'
import { forgetOldTrust } from '#features/trusted-browsers/forget-old.ts'
import type { Transaction } from '#platform/database/database.ts'

/** Long enough that a browser that is used now and then is known again: the most that browsers keep a cookie (RFC 6265bis, 5.5). */
export const browserIsKnownFor = 400 * days

/** Removes what can no longer matter: logins never finished, hand-overs to other sites, old failure counters, browsers and drafts. With the operator's role. */
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
  await tx.deleteFrom('known_browser').where('last_sign_in_at', '<', after(now, -browserIsKnownFor)).execute()
  await tx
    .deleteFrom('hand_over')
    .where('expires_at', '<', after(now, -1 * days))
    .execute()
  await forgetOldTrust(tx, now)
  await tx.deleteFrom('form_draft').where('expires_at', '<', now).execute()
  await tx
    .deleteFrom('session')
    .where('ended_at', '<', after(now, -30 * days))
    .execute()
}
