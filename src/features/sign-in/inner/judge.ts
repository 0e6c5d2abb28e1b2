import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { sameBytes } from '#platform/security/secrets.ts'
import type { AwaitedSignIn } from '../awaited.ts'
import type { LoginOwner } from '../known-user.ts'
import { mailCodeHash } from '../send-code.ts'
import { findTotpStep } from '../totp.ts'

export type Judgement = 'right' | 'wrong-code' | 'code-used-up' | 'code-expired'

const triesPerCode = 5

/** Only the newest mailed code of this login counts, at most five times, until it expires. */
export async function judgeMailCode(
  { tx, now, secrets }: Visitor,
  { id, user }: Pick<AwaitedSignIn, 'id' | 'user'>,
  code: string,
): Promise<Judgement> {
  // Counting before comparing makes the update a lock: parallel guesses queue up and are all counted.
  const sent = await tx
    .updateTable('sign_in')
    .set({ code_tries: sql`code_tries + 1` })
    .where('customer_id', '=', user.customerId)
    .where('id', '=', id)
    .where('code_tries', '<', triesPerCode)
    .where('code_expires_at', '>', now)
    .where('finished_at', 'is', null)
    .returning(['code_hash', 'code_tries'])
    .executeTakeFirst()
  if (!sent?.code_hash) return 'code-expired'
  if (sameBytes(sent.code_hash, mailCodeHash(secrets, id, code))) return 'right'
  return sent.code_tries < triesPerCode ? 'wrong-code' : 'code-used-up'
}

/** A step that was accepted, and any before it, is accepted never again. */
export async function judgeTotp(
  { tx, now, secrets }: Visitor,
  { customerId, userId }: Pick<LoginOwner, 'customerId' | 'userId'>,
  code: string,
): Promise<Judgement> {
  const own = await tx
    .selectFrom('user_credential')
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .select('totp_secret')
    .executeTakeFirst()
  if (!own?.totp_secret) return 'wrong-code'
  const step = findTotpStep(secrets.open(`totp ${userId}`, own.totp_secret), code, now)
  if (step === undefined) return 'wrong-code'
  const taken = await tx
    .updateTable('user_credential')
    .set({ totp_last_step: step })
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .where('totp_last_step', '<', step)
    .returning('user_id')
    .executeTakeFirst()
  return taken ? 'right' : 'wrong-code'
}
