import { hashOf, newToken } from '#platform/security/secrets.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { Actor, Context } from '#features/actor.ts'

/**
 * Goes on with the actor's session under a new token, for its cookie: whoever has the old one is out. With new credentials the
 * cookies that it has on other sites are void, too.
 */
export async function renewSessionToken(
  { tx, actor }: Context,
  changes: { confirmedAt?: Date; credentialEpoch?: number },
): Promise<string> {
  const { confirmedAt, credentialEpoch } = changes
  const token = newToken()
  await tx
    .updateTable('session')
    .set({
      token_hash: hashOf(token),
      ...(confirmedAt && { confirmed_at: confirmedAt }),
      ...(credentialEpoch && { credential_epoch: credentialEpoch }),
    })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', actor.sessionId)
    .where('ended_at', 'is', null)
    .execute()
  if (credentialEpoch) await leaveOtherSites(tx, actor)
  return token
}

async function leaveOtherSites(tx: Transaction, { customer, sessionId }: Actor): Promise<void> {
  await tx
    .deleteFrom('session_on_site')
    .where('customer_id', '=', customer.id)
    .where('session_id', '=', sessionId)
    .execute()
}
