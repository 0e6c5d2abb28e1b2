import type { Scope } from '#features/rights/scope.ts'
import type { Context as ContextOf } from '#platform/context.ts'
import type { Language } from '#platform/words.ts'

export type Role = 'general-user' | 'portal-administrator'

/** A customer's own logo, as its image is found. */
export interface Logo {
  hash: string
  width: number
  height: number
}

/**
 * Somebody who is signed in, as of this request: read anew whenever what it follows from has changed, so a right taken away is
 * gone at once. The same object as in an earlier look of the session means that nothing has changed.
 */
export interface Actor {
  sessionId: string
  /** Of the token of the cookie by which it was found. */
  cookieHash: Buffer
  /** The customer the session works for. */
  customer: { id: string; name: string; timeZone: string; logo: Logo | null }
  userId: string
  name: string
  mail: string
  role: Role
  secondFactor: 'totp' | 'mail-otp'
  scope: Scope
  groups: readonly { id: string; name: string }[]
  /** Of the screens; null: the browser's. */
  language: Language | null
  mailLanguage: Language
  timeZone: string
  theme: 'system' | 'light' | 'dark'
  shortcuts: boolean
  idleMinutes: number
  /** When the session ends unless it is used before. */
  idleEndsAt: Date
  /** When it ends in any case. */
  endsAt: Date
  /** When a second factor was last shown in this session. */
  confirmedAt: Date
  /** Until when rules of access are on trial for the customer; null: none are. */
  addressTrialEndsAt: Date | null
  /** It is not the user who looks, but a member of staff (S-0042): nothing is written, and of others initials alone are read. */
  viewedBy: string | null
  onlyLooks: boolean
  draftPaths: readonly string[]
}

/** What a feature works with for somebody who is signed in. */
export type Context = ContextOf<Actor>
