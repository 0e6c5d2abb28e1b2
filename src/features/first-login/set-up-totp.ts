import { sql } from 'kysely'
import { recordAccess } from '#features/access-history/record.ts'
import { findStepNear, findTotpStep, totpOf } from '#features/sign-in/totp.ts'
import type { Visitor } from '#platform/context.ts'
import { done, type Outcome, type Refusal, refuse } from '#platform/outcome.ts'
import type { FirstLogin } from './find.ts'
import { finishRegistration } from './inner/finish-registration.ts'
import { lockUserOf } from './inner/lock-user.ts'
import { ownRow, voidRow } from './inner/open-row.ts'

export interface TotpKey {
  /** In Base32. */
  secret: string
  /** What a QR code says to an app: `otpauth://totp/…`. */
  uri: string
}

/** What an authenticator app needs to know. The name of the operator is what it shows beside the codes. */
export async function readTotpKey(visitor: Visitor, firstLogin: FirstLogin): Promise<TotpKey> {
  const { name_en: issuer } = await visitor.tx.selectFrom('operator').select('name_en').executeTakeFirstOrThrow()
  const secret = openSecret(visitor, firstLogin)
  return { secret, uri: totpOf(secret, { issuer, label: firstLogin.user.mail }).toString() }
}

/** Wrong codes while the app is set up, after which the URL is void. */
export const mostSetUpTries = 10

/** The third step, TOTP設定: nothing is kept before one right code has shown that the app has the secret. */
export async function confirmTotp(
  visitor: Visitor,
  firstLogin: FirstLogin,
  code: string,
): Promise<Outcome<void, 'wrong-code' | 'clock-off' | 'too-many-codes' | 'void'>> {
  await lockUserOf(visitor, firstLogin)
  // Counting comes before comparing; parallel tries queue up at the user already.
  const tried = await ownRow(visitor, firstLogin)
    .set({ totp_tries: sql`totp_tries + 1` })
    .where('totp_tries', '<', mostSetUpTries)
    .returning('totp_tries')
    .executeTakeFirst()
  if (!tried) return refuse('void')
  const secret = openSecret(visitor, firstLogin)
  const totpStep = findTotpStep(secret, code, visitor.now)
  if (totpStep === undefined) {
    // Whoever sets up the app has its secret before them: nothing is told that they could not know.
    const why = findStepNear(secret, code, visitor.now) === undefined ? 'wrong-code' : 'clock-off'
    return fail(visitor, firstLogin, { tries: tried.totp_tries, why })
  }
  return (await finishRegistration(visitor, { ...firstLogin, totpStep })) ? done() : refuse('void')
}

async function fail(
  visitor: Visitor,
  firstLogin: FirstLogin,
  { tries, why }: { tries: number; why: 'wrong-code' | 'clock-off' },
): Promise<Refusal<'wrong-code' | 'clock-off' | 'too-many-codes'>> {
  const { customerId, userId, user } = firstLogin
  await recordAccess(visitor, {
    customerId,
    userId,
    userName: user.name,
    event: 'failed',
    reason: 'wrong-code',
    secondFactor: 'totp',
  })
  if (tries < mostSetUpTries) return refuse(why, { keep: true })
  await voidRow(visitor, firstLogin)
  return refuse('too-many-codes', { keep: true })
}

function openSecret({ secrets }: Visitor, { userId, totpSecret }: FirstLogin): string {
  if (!totpSecret) throw new Error('This step has a secret')
  return secrets.open(`totp ${userId}`, totpSecret)
}
