import { findTotpStep, totpOf } from '#features/sign-in/totp.ts'
import type { Visitor } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { FirstLogin } from './find.ts'
import { finishRegistration } from './inner/finish-registration.ts'
import { lockUserOf } from './inner/lock-user.ts'

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

/** The third step, TOTP設定: nothing is kept before one right code has shown that the app has the secret. */
export async function confirmTotp(
  visitor: Visitor,
  firstLogin: FirstLogin,
  code: string,
): Promise<Outcome<void, 'wrong-code' | 'void'>> {
  const totpStep = findTotpStep(openSecret(visitor, firstLogin), code, visitor.now)
  if (totpStep === undefined) return refuse('wrong-code')
  await lockUserOf(visitor, firstLogin)
  return (await finishRegistration(visitor, { ...firstLogin, totpStep })) ? done() : refuse('void')
}

function openSecret({ secrets }: Visitor, { userId, totpSecret }: FirstLogin): string {
  if (!totpSecret) throw new Error('This step has a secret')
  return secrets.open(`totp ${userId}`, totpSecret)
}
