import type { Visitor } from '#platform/context.ts'
import { after, hours } from '#platform/time/duration.ts'
import { houseId } from '#features/house.ts'
import { hashOf, newToken } from '#platform/security/secrets.ts'

/** No session lives longer, however busy it is. */
export const longestSession = 12 * hours
/** Nor of a member of staff. */
export const longestStaffSession = 10 * hours

export interface NewSession {
  customerId: string
  userId: string
  secondFactor: 'totp' | 'mail-otp'
  credentialEpoch: number
  /** When the second factor was shown; absent: now. */
  confirmedAt?: Date
}

/** Starts a session for a user whose login is complete; answers the token for the cookie, whose hash alone is kept. */
export async function startSession(
  { tx, now, client }: Visitor,
  { customerId, userId, secondFactor, credentialEpoch, confirmedAt }: NewSession,
): Promise<string> {
  const token = newToken()
  await tx
    .insertInto('session')
    .values(({ selectFrom }) => ({
      customer_id: customerId,
      user_id: userId,
      token_hash: hashOf(token),
      second_factor: secondFactor,
      credential_epoch: credentialEpoch,
      policy_epoch: selectFrom('customer').where('id', '=', customerId).select('policy_epoch'),
      created_at: now,
      last_used_at: now,
      confirmed_at: confirmedAt ?? now,
      ends_at: after(now, customerId === houseId ? longestStaffSession : longestSession),
      ip: client.ip,
      browser: client.browser,
    }))
    .execute()
  return token
}
