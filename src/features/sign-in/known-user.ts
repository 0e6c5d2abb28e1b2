import type { Language } from '#platform/words.ts'

/** The user of a login ID, as the steps of the login need to know it. */
export interface KnownUser {
  customerId: string
  userId: string
  state: 'awaiting-registration' | 'active' | 'suspended' | 'deleted'
  secondFactor: 'totp' | 'mail-otp' | null
  name: string
  mail: string
  mailLanguage: Language
  timeZone: string
  credentialEpoch: number
}
