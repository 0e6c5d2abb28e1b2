import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { FirstLogin } from './find.ts'
import { finishRegistration } from './inner/finish-registration.ts'
import { finishReset } from './inner/finish-reset.ts'
import { lockUserOf } from './inner/lock-user.ts'
import { newTotpSecret } from './inner/new-totp-secret.ts'
import { ownRow } from './inner/open-row.ts'

export type AfterPassword = 'factor' | 'totp' | 'recovery-codes' | 'sign-in'

/** The second step, パスワード設定: the last one for users who have an account or get codes by mail. */
export async function choosePassword(
  visitor: Visitor,
  firstLogin: FirstLogin,
  newHash: string,
): Promise<Outcome<AfterPassword, 'void'>> {
  const { purpose, secondFactor } = firstLogin
  await lockUserOf(visitor, firstLogin)
  const chosen = await ownRow(visitor, firstLogin)
    .set({
      password_hash: newHash,
      // A user who comes back to this step may have scanned the secret already.
      ...(secondFactor === 'totp' && {
        totp_secret: sql`coalesce(totp_secret, ${newTotpSecret(visitor, firstLogin)})`,
      }),
    })
    .returning('id')
    .executeTakeFirst()
  if (!chosen) return refuse('void')
  if (purpose === 'password-reset') return (await finishReset(visitor, firstLogin)) ? done('sign-in') : refuse('void')
  if (secondFactor === 'mail-otp')
    return (await finishRegistration(visitor, firstLogin)) ? done('recovery-codes') : refuse('void')
  return done(secondFactor === null ? 'factor' : 'totp')
}
