import { Secret, TOTP } from 'otpauth'
import { seconds } from '#platform/time/duration.ts'

const period = 30
/** Steps before and after the present one whose code is accepted too (RFC 6238, 5.2). */
const window = 1

/** RFC 6238 as every authenticator app knows it: SHA-1, six digits, 30 s. The secret is in Base32. */
export function totpOf(secret: string, named: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period, ...named })
}

/** Steps before and after the present one whose code tells that the app's clock is off. */
const clockWindow = 10

/** The time step whose code this is, if it is one that counts now. */
export function findTotpStep(secret: string, code: string, now: Date): number | undefined {
  return findStep(secret, code, { now, within: window })
}

/** The time step whose code this is, if it is one of a clock that is off by some minutes. */
export function findStepNear(secret: string, code: string, now: Date): number | undefined {
  return findStep(secret, code, { now, within: clockWindow })
}

/** The first step that counts for somebody who is told now that a code does not fit. */
export function oldestNear(now: Date): number {
  return stepAt(now) - clockWindow
}

function findStep(secret: string, code: string, { now, within }: { now: Date; within: number }): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window: within })
  return delta === null ? undefined : stepAt(now) + delta
}

function stepAt(now: Date): number {
  return Math.floor(now.getTime() / (period * seconds))
}
