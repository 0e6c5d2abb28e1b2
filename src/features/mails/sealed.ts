import type { Secrets } from '#platform/security/secrets.ts'

/** A mail as a person reads it: plain text. */
export interface Email {
  subject: string
  text: string
  /** Where its reader ends what it was sent for, in one step (RFC 8058). */
  unsubscribeUrl?: string
  /** An entry for the reader's calendar (RFC 5545), with what it is to do there. */
  calendar?: { method: 'PUBLISH' | 'CANCEL'; text: string }
}

/** For one mail's row and no other: a text may carry a code or a link. */
export function sealEmail(secrets: Secrets, mailId: string, email: Email): Buffer {
  return secrets.seal(purposeOf(mailId), JSON.stringify(email))
}

export function openEmail(secrets: Secrets, mailId: string, sealed: Buffer): Email {
  // Sealed by sealEmail: nobody else can have made it.
  return JSON.parse(secrets.open(purposeOf(mailId), sealed)) as Email
}

const purposeOf = (mailId: string): string => `mail ${mailId}`
