import { hashOf, newToken } from '#platform/security/secrets.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { Actor, Context } from '#features/actor.ts'

/**
 * Goes on with the actor's session under a new token, for its cookie on the site that was asked: whoever has the old one is out. With
 * new credentials the cookies that it has on other sites are void, too.
 */
export async function renewSessionToken(
  { tx, actor, site }: Context,
  changes: { confirmedAt?: Date; credentialEpoch?: number },
): Promise<string> {
  const { confirmedAt, credentialEpoch } = changes
  const token = newToken()
  const isOnSite = site.name === 'settings'
  if (isOnSite) await renewOnSite({ tx, actor }, token, confirmedAt)
  const ofSession = {
    ...(!isOnSite && { token_hash: hashOf(token), ...(confirmedAt && { confirmed_at: confirmedAt }) }),
    ...(credentialEpoch && { credential_epoch: credentialEpoch }),
  }
  if (Object.keys(ofSession).length > 0)
    await tx
      .updateTable('session')
      .set(ofSession)
      .where('customer_id', '=', actor.customer.id)
      .where('id', '=', actor.sessionId)
      .where('ended_at', 'is', null)
      .execute()
  if (credentialEpoch) await leaveOtherSites(tx, actor)
  return token
}

/** The session's cookie on the settings site is not the portal's, and what is shown under the one is not shown under the other. */
async function renewOnSite(
  { tx, actor }: Pick<Context, 'tx' | 'actor'>,
  token: string,
  confirmedAt?: Date,
): Promise<void> {
  const { customer, sessionId } = actor
  await tx
    .updateTable('session_on_site')
    .set({ token_hash: hashOf(token), ...(confirmedAt && { confirmed_at: confirmedAt }) })
    .where('customer_id', '=', customer.id)
    .where('session_id', '=', sessionId)
    .execute()
}

async function leaveOtherSites(tx: Transaction, { customer, sessionId }: Actor): Promise<void> {
  await tx
    .deleteFrom('session_on_site')
    .where('customer_id', '=', customer.id)
    .where('session_id', '=', sessionId)
    .execute()
}
