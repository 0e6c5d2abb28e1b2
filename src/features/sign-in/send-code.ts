import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Visitor } from '#platform/context.ts'
import { after, minutes, seconds } from '#platform/time/duration.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { newMailCode, type Secrets } from '#platform/security/secrets.ts'
import { takeFromCodeBudget } from './inner/code-budget.ts'
import type { LoginOwner } from './known-user.ts'
import { signInCodeEmail } from './sign-in-code.email.ts'

const codeLives = 10 * minutes
export const resendAfter = 30 * seconds
/** Codes one login may ask for: the first and the re-sent ones. */
export const mostCodes = 5

type Addressee = Omit<LoginOwner, 'state' | 'name'>

/** Mails a new code for a login or confirmation under way; from then on only this one counts. Moves nothing when it refuses. */
export async function sendMailCode(
  visitor: Visitor,
  { signInId, user }: { signInId: string; user: Addressee },
): Promise<Outcome<void, 'too-soon' | 'too-many-codes'>> {
  const { tx, now, secrets } = visitor
  if (!(await takeFromCodeBudget(visitor, user, 'mailed'))) return refuse('too-many-codes')
  const code = newMailCode()
  const mailId = randomUUID()
  const expiresAt = after(now, codeLives)
  const sent = await tx
    .updateTable('sign_in')
    .set({
      code_hash: mailCodeHash(secrets, signInId, code),
      code_mail_id: mailId,
      code_sent_at: now,
      code_expires_at: expiresAt,
      code_tries: 0,
      codes_sent: sql`codes_sent + 1`,
    })
    .where('customer_id', '=', user.customerId)
    .where('id', '=', signInId)
    .where('finished_at', 'is', null)
    .where('codes_sent', '<', mostCodes)
    .where((eb) => eb.or([eb('code_sent_at', 'is', null), eb('code_sent_at', '<=', after(now, -resendAfter))]))
    .returning('confirms_session')
    .executeTakeFirst()
  if (!sent) return refuse((await hasAskedForAll(visitor, user.customerId, signInId)) ? 'too-many-codes' : 'too-soon')
  const purpose = sent.confirms_session === null ? 'sign-in' : 'confirmation'
  await mailCode(visitor, user, { id: mailId, purpose, code, expiresAt })
  return done()
}

async function mailCode(
  visitor: Visitor,
  { customerId, userId, mail: address, mailLanguage: language, timeZone }: Addressee,
  { id, ...facts }: { id: string; purpose: 'sign-in' | 'confirmation'; code: string; expiresAt: Date },
): Promise<void> {
  const email = signInCodeEmail(language, { ...facts, timeZone })
  const mail = { id, kind: `${facts.purpose}-code`, email, goodUntil: facts.expiresAt }
  await enqueueMail(visitor, { customerId, userId, address, language }, mail)
}

/** Bound to the one login it was sent for. */
export function mailCodeHash(secrets: Secrets, signInId: string, code: string): Buffer {
  return secrets.keyedHash('mail-code', signInId, code)
}

async function hasAskedForAll({ tx }: Visitor, customerId: string, signInId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('sign_in')
    .where('customer_id', '=', customerId)
    .where('id', '=', signInId)
    .select('codes_sent')
    .executeTakeFirst()
  return row !== undefined && row.codes_sent >= mostCodes
}
