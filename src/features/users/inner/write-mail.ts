import { sql } from 'kysely'
import { forgetTrust } from '#features/trusted-browsers/trust.ts'
import type { Visitor } from '#platform/context.ts'

/** Sets a user's mail address, which is the user ID too. URLs that went to the old one are void, and no browser is trusted any longer. */
export async function writeMail(
  { tx, now }: Pick<Visitor, 'tx' | 'now'>,
  { customerId, userId, newMail }: { customerId: string; userId: string; newMail: string },
): Promise<void> {
  await tx
    .updateTable('portal_user')
    .set({ mail: newMail, version: sql`version + 1` })
    .where('customer_id', '=', customerId)
    .where('id', '=', userId)
    .execute()
  await forgetTrust({ tx }, { customerId, userId })
  await tx
    .updateTable('first_login')
    .set({ ended_at: now, password_hash: null, totp_secret: null })
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .where('finished_at', 'is', null)
    .where('ended_at', 'is', null)
    .execute()
}
