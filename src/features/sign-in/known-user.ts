import type { Language } from '#platform/words.ts'

/** The owner of a login ID: enough to record, and to write a mail to. */
export interface LoginOwner {
  customerId: string
  userId: string
  state: 'awaiting-registration' | 'active' | 'suspended' | 'deleted'
  name: string
  mail: string
  mailLanguage: Language
  timeZone: string
}

/** The user of a login ID, as the steps of the login need to know it. */
export interface KnownUser extends LoginOwner {
  secondFactor: 'totp' | 'mail-otp' | null
  credentialEpoch: number
}
