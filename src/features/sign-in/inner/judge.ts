import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { sameBytes } from '#platform/security/secrets.ts'
import type { AwaitedSignIn } from '../awaited.ts'
import type { LoginOwner } from '../known-user.ts'
import { mailCodeHash } from '../send-code.ts'
import { findStepNear, findTotpStep, oldestNear } from '../totp.ts'

export type Judgement = 'right' | 'wrong-code' | 'code-used-up' | 'code-expired' | 'code-used' | 'clock-off'

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

/**
 * A step that was accepted, and any before it, is accepted never again. Of a code that is used up, or of a clock that is off, the
 * login is told so, twice at most; what was told is never accepted, or a guess that is told would be good some minutes later.
 */
export async function judgeTotp(
  visitor: Visitor,
  { id, user }: Pick<AwaitedSignIn, 'id' | 'user'>,
  code: string,
): Promise<Judgement> {
  const { tx, now, secrets } = visitor
  const { customerId, userId } = user
  const own = await tx
    .selectFrom('user_credential')
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .select('totp_secret')
    .executeTakeFirst()
  if (!own?.totp_secret) return 'wrong-code'
  const secret = secrets.open(`totp ${userId}`, own.totp_secret)
  const step = findTotpStep(secret, code, now)
  if (step !== undefined && (await takeStep(visitor, user, step))) return 'right'
  const near = findStepNear(secret, code, now)
  if (near === undefined || !(await mayHint(visitor, { id, user }))) return 'wrong-code'
  await refuseStep(visitor, user, near)
  return step === undefined ? 'clock-off' : 'code-used'
}

async function takeStep(
  { tx }: Visitor,
  { customerId, userId }: Pick<LoginOwner, 'customerId' | 'userId'>,
  step: number,
): Promise<boolean> {
  const taken = await tx
    .updateTable('user_credential')
    .set({ totp_last_step: step })
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .where('totp_last_step', '<', step)
    .where(sql<boolean>`${step}::bigint <> all (totp_refused_steps)`)
    .returning('user_id')
    .executeTakeFirst()
  return taken !== undefined
}

const mostHints = 2

/** Counts the hint before it is given. */
async function mayHint({ tx }: Visitor, { id, user }: Pick<AwaitedSignIn, 'id' | 'user'>): Promise<boolean> {
  const counted = await tx
    .updateTable('sign_in')
    .set({ hints: sql`hints + 1` })
    .where('customer_id', '=', user.customerId)
    .where('id', '=', id)
    .where('hints', '<', mostHints)
    .returning('id')
    .executeTakeFirst()
  return counted !== undefined
}

/** Those whose time is over need not be remembered. */
async function refuseStep(
  { tx, now }: Visitor,
  { customerId, userId }: Pick<LoginOwner, 'customerId' | 'userId'>,
  step: number,
): Promise<void> {
  await sql`update user_credential set totp_refused_steps =
      array(select distinct each from unnest(totp_refused_steps || ${step}::bigint) as each where each >= ${oldestNear(now)}::bigint)
    where customer_id = ${customerId} and user_id = ${userId}`.execute(tx)
}
