import type { Visitor } from '#platform/context.ts'
import { hashOf, newToken } from '#platform/security/secrets.ts'
import { after, minutes } from '#platform/time/duration.ts'
import type { KnownUser } from './known-user.ts'
import { sendMailCode } from './send-code.ts'

/** How long the second step may take. */
const awaited = 30 * minutes

/** Begins the second step of somebody who has just shown or set the password. Answers the token for its cookie. */
export async function awaitSecondStep(visitor: Visitor, user: KnownUser): Promise<string> {
  const token = newToken()
  const { id } = await visitor.tx
    .insertInto('sign_in')
    .values({
      customer_id: user.customerId,
      user_id: user.userId,
      token_hash: hashOf(token),
      // An active user has one.
      second_factor: user.secondFactor ?? 'mail-otp',
      credential_epoch: user.credentialEpoch,
      expires_at: after(visitor.now, awaited),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (user.secondFactor === 'mail-otp') await sendMailCode(visitor, { signInId: id, user })
  return token
}
