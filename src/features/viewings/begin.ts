import { recordAccess } from '#features/access-history/record.ts'
import { challengeOf } from '#features/hand-over/redeem.ts'
import { recordChange } from '#features/change-history/record.ts'
import { enterFenceByViewing } from '#features/sessions/fence.ts'
import type { Visitor } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { hashOf, newToken } from '#platform/security/secrets.ts'
import { findLooked, lookedBy } from './inner/looked.ts'

/**
 * Begins a look on the portal, for the browser that the console gave its code to; both of the customer's histories say so. Answers
 * the token of its session, which can only read. `used`: the code was shown before, and what it began is over.
 */
export async function beginViewing(
  visitor: Visitor,
  { code, verifier }: { code: string; verifier: string },
): Promise<Outcome<string, 'used' | 'refused'>> {
  const { tx, now } = visitor
  const token = newToken()
  const challenge = Buffer.from(challengeOf(verifier), 'base64url')
  const hashes = { codeHash: hashOf(code), challenge, tokenHash: hashOf(token) }
  const { became, id } = await enterFenceByViewing(visitor, hashes)
  if (became !== 'begun') return refuse(became, { keep: true })
  const looked = await findLooked(visitor, id)
  if (!looked) throw new Error('A look was begun a moment ago')
  const { customerId, userId } = looked
  const by = lookedBy(looked)
  await recordAccess(visitor, { customerId, userId, userName: by.name, event: 'viewing-begun' })
  await recordChange(
    { tx, now, actor: by },
    {
      action: 'viewing-begun',
      subject: { kind: 'user', id: userId, name: looked.userName },
      after: { reason: looked.reason },
    },
  )
  return done(token)
}
