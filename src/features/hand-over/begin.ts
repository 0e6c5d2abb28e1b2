import { after, minutes } from '#platform/time/duration.ts'
import { hashOf, newToken } from '#platform/security/secrets.ts'
import type { Context } from '#features/actor.ts'

/** For as long as a redirect may take. */
const codeHolds = 1 * minutes

/** base64url of 32 bytes (RFC 7636, 4.2). */
const challengeForm = /^[\w-]{43}$/

/**
 * Lets the actor's session be taken on to the settings site, by whichever browser holds what the challenge is the hash of.
 * Answers the code, whose hash alone is kept; undefined for what is no challenge.
 */
export async function beginHandOver({ tx, now, actor }: Context, challenge: string): Promise<string | undefined> {
  if (!challengeForm.test(challenge)) return undefined
  const code = newToken()
  await tx
    .insertInto('hand_over')
    .values({
      code_hash: hashOf(code),
      customer_id: actor.customer.id,
      session_id: actor.sessionId,
      site: 'settings',
      challenge: Buffer.from(challenge, 'base64url'),
      expires_at: after(now, codeHolds),
    })
    .execute()
  return code
}
