import { hashOf, newToken } from '#platform/security/secrets.ts'
import type { Context } from '#features/actor.ts'

/** Goes on with the actor's session under a new token, for its cookie: whoever has the old one is out. */
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
  return token
}
