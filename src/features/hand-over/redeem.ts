import { sql } from 'kysely'
import { recordAccess } from '#features/access-history/record.ts'
import { openSessionOn } from '#features/sessions/open.ts'
import type { Visitor } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { hashOf, newToken } from '#platform/security/secrets.ts'

export interface ShownCode {
  code: string
  /** Of the browser that shows it; empty: it has none. */
  verifier: string
}

/** What the portal is sent, and what the browser keeps for itself (RFC 7636, S256). */
export function challengeOf(verifier: string): string {
  return hashOf(verifier).toString('base64url')
}

/**
 * Takes a session on to the settings site, for the browser that asked for it. Answers the token for its cookie there.
 * `used`: the code was shown before, and the cookie that it made is void now.
 */
export async function redeemHandOver(
  visitor: Visitor,
  { code, verifier }: ShownCode,
): Promise<Outcome<string, 'used' | 'refused'>> {
  const token = newToken()
  const { rows } = await sql<{ became: 'redeemed' | 'used' | 'refused' }>`
    select door.redeem_hand_over(${hashOf(code)}, ${hashOf(verifier)}, 'settings', ${hashOf(token)}, ${visitor.now}) as became`.execute(
    visitor.tx,
  )
  const became = rows[0]?.became ?? 'refused'
  if (became !== 'redeemed') return refuse(became, { keep: true })
  const opened = await openSessionOn('settings')(visitor, token, false)
  if (opened.state !== 'open') return refuse('refused', { keep: true })
  const { customer, userId, name } = opened.actor
  await recordAccess(visitor, { customerId: customer.id, userId, userName: name, event: 'settings-opened' })
  return done(token)
}
