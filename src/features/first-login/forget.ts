import { sql } from 'kysely'
import { knownFor } from '#features/sign-in/known-network.ts'
import type { Transaction } from '#platform/database/database.ts'
import { after, days, hours } from '#platform/time/duration.ts'

/** Removes what can no longer matter of mailed URLs and wishes for them. With the operator's role. */
export async function forgetOldFirstLogins(tx: Transaction, now: Date): Promise<void> {
  await tx
    .deleteFrom('first_login')
    .where('expires_at', '<', after(now, -30 * days))
    .execute()
  await tx
    .updateTable('first_login')
    .set({ recovery_codes: null })
    .where('recovery_codes', 'is not', null)
    .where('finished_at', '<', after(now, -1 * hours))
    .execute()
  await tx
    .updateTable('first_login')
    .set({ password_hash: null, totp_secret: null })
    .where('expires_at', '<', now)
    .where((eb) => eb.or([eb('password_hash', 'is not', null), eb('totp_secret', 'is not', null)]))
    .execute()
  await tx
    .deleteFrom('first_login_request')
    .where('created_at', '<', after(now, -1 * days))
    .execute()
  await tx
    .deleteFrom('reissue_budget')
    .where(sql<boolean>`coalesce(asked[cardinality(asked)] < ${after(now, -2 * hours)}, true)`)
    .where(sql<boolean>`coalesce(logged_in_at < ${after(now, -knownFor)}, true)`)
    .execute()
}
