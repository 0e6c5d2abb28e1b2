import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import type { Visitor } from '#platform/context.ts'
import { sameBytes } from '#platform/secrets.ts'
import { recoveryCodeHash } from '#features/recovery-codes/renew.ts'
import { mailCodeHash } from '../send-code.ts'

type Judgement = 'right' | 'wrong-code' | 'code-expired'

interface Owner {
  customerId: string
  userId: string
}

const triesPerCode = 5

/** Only the newest mailed code of this login counts, at most five times, until it expires. */
export async function judgeMailCode({ tx, now, secrets }: Visitor, signInId: string, code: string): Promise<Judgement> {
  // Counting before comparing makes the update a lock: parallel guesses queue up and are all counted.
  const sent = await tx
    .updateTable('sign_in')
    .set({ code_tries: sql`code_tries + 1` })
    .where('id', '=', signInId)
    .where('code_tries', '<', triesPerCode)
    .where('code_expires_at', '>', now)
    .where('finished_at', 'is', null)
    .returning('code_hash')
    .executeTakeFirst()
  if (!sent?.code_hash) return 'code-expired'
  return sameBytes(sent.code_hash, mailCodeHash(secrets, signInId, code)) ? 'right' : 'wrong-code'
}

const period = 30
/** Steps before and after the present one whose code is accepted too (RFC 6238, 5.2). */
const window = 1

/** RFC 6238: SHA-1, six digits, 30 s. A step that was accepted, and any before it, is accepted never again. */
export async function judgeTotp(
  { tx, now, secrets }: Visitor,
  { customerId, userId }: Owner,
  code: string,
): Promise<Judgement> {
  const own = await tx
    .selectFrom('user_credential')
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .select('totp_secret')
    .executeTakeFirst()
  if (!own?.totp_secret) return 'wrong-code'
  const totp = new TOTP({
    secret: Secret.fromBase32(secrets.open(`totp ${userId}`, own.totp_secret)),
    algorithm: 'SHA1',
    digits: 6,
    period,
  })
  const delta = totp.validate({ token: code, timestamp: now.getTime(), window })
  if (delta === null) return 'wrong-code'
  const step = Math.floor(now.getTime() / 1000 / period) + delta
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

/** Each of the ten works once, for its own user. */
export async function judgeRecoveryCode(
  { tx, now }: Visitor,
  { customerId, userId }: Owner,
  code: string,
): Promise<Judgement> {
  const used = await tx
    .updateTable('recovery_code')
    .set({ used_at: now })
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .where('code_hash', '=', recoveryCodeHash(userId, code))
    .where('used_at', 'is', null)
    .returning('user_id')
    .executeTakeFirst()
  return used ? 'right' : 'wrong-code'
}
