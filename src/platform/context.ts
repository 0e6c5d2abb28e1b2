import type { Transaction } from './database/database.ts'
import type { Log } from './log.ts'
import type { Secrets } from './security/secrets.ts'
import type { Language } from './words.ts'

/** The machine and program at the other end, as far as they can be known. */
export interface Client {
  /** The address of the peer, or what trusted proxies say it is; 0.0.0.0 when that cannot be read, which no list may let in. */
  ip: string
  /** What one customer of a provider has: the address, or the /64 around it. */
  network: string
  /** Such as 「Chrome 153（Windows）」: for people to recognise, not for decisions. */
  browser: string
}

/** What a feature works with while nobody is signed in: one transaction at one moment. */
export interface Visitor {
  tx: Transaction
  /** The one time of this request. */
  now: Date
  client: Client
  language: Language
  secrets: Secrets
  /** Where the portal is reached: what links in mails begin with. */
  portalUrl: URL
  log: Log
}

/** What a feature works with for somebody who is signed in. */
export interface Context<Actor> extends Visitor {
  actor: Actor
}
