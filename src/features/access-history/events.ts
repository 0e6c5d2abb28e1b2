/** What a line of the access history tells of, in the order in which it can be chosen. */
export const accessEvents = [
  'sign-in',
  'sign-out',
  'timed-out',
  'failed',
  'locked',
  'unlocked',
  'second-step-skipped',
  'settings-opened',
  'viewing-begun',
  'viewing-ended',
] as const
export type AccessEvent = (typeof accessEvents)[number]

export const accessResults = ['success', 'failure'] as const
export type AccessResult = (typeof accessResults)[number]

const failures: readonly AccessEvent[] = ['failed', 'locked']

/** 結果: whether somebody was kept out. */
export function resultOf(event: AccessEvent): AccessResult {
  return failures.includes(event) ? 'failure' : 'success'
}

/** Why it came to it, where there is more to say. */
export const accessReasons = [
  'wrong-password',
  'wrong-code',
  'wrong-identity',
  'locked',
  'not-active',
  'too-many-codes',
  'code-expired',
  'ended-elsewhere',
  'password-changed',
  'replaced',
  'ended-by-administrator',
  'ended-by-operator',
  'address-refused',
  'period-over',
] as const
export type AccessReason = (typeof accessReasons)[number]

export type AccessFactor = 'totp' | 'mail-otp' | 'recovery-code'
