import type { Visitor } from '#platform/context.ts'
import { sql } from 'kysely'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { FirstLogin } from './find.ts'
import { finishRegistration } from './inner/finish-registration.ts'
import { lockUserOf } from './inner/lock-user.ts'
import { newTotpSecret } from './inner/new-totp-secret.ts'
import { ownRow } from './inner/open-row.ts'

/** The choice of a user from an application form, which names no second factor. MailOTP makes it the last step. */
export async function chooseFactor(
  visitor: Visitor,
  firstLogin: FirstLogin,
  secondFactor: 'totp' | 'mail-otp',
): Promise<Outcome<'totp' | 'recovery-codes', 'void'>> {
  await lockUserOf(visitor, firstLogin)
  const chosen = await ownRow(visitor, firstLogin)
    .set({
      second_factor: secondFactor,
      totp_secret: secondFactor === 'totp' ? sql`coalesce(totp_secret, ${newTotpSecret(visitor, firstLogin)})` : null,
    })
    .where('password_hash', 'is not', null)
    .returning('id')
    .executeTakeFirst()
  if (!chosen) return refuse('void')
  if (secondFactor === 'totp') return done('totp')
  const finished = await finishRegistration(visitor, { ...firstLogin, secondFactor })
  return finished ? done('recovery-codes') : refuse('void')
}
