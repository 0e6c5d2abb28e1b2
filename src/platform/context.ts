import type { Transaction } from './database/database.ts'
import type { Log } from './log.ts'
import type { Secrets } from './security/secrets.ts'
import { after, minutes } from './time/duration.ts'
import type { Language } from './words.ts'

/** The address of a client that cannot be told. No client has it (RFC 1122, 3.2.1.3), and no list of networks may let it in. */
export const nobodysAddress = '0.0.0.0'

/** The machine and program at the other end, as far as they can be known. */
export interface Client {
  /** The address of the peer, or what trusted proxies say it is; nobody's when that cannot be read. */
  ip: string
  /** What one customer of a provider has: the address, or the /64 around it. */
  network: string
  /** Whether the operator's staff may work from there; absent: from everywhere. */
  isOfStaff?: boolean
  /** Such as 「Chrome 153（Windows）」: for people to recognise, not for decisions. */
  browser: string
}

/** The site that was asked. */
export interface AskedSite {
  name: string
  /** Where whoever has logged in begins. */
  home: string
  /** Where whoever has logged out is led. */
  front: string
  /** The address if it is one of the site's own pages: where it is safe to send somebody. */
  ownPath: (address: string) => string | undefined
}

/** What a feature works with while nobody is signed in: one transaction at one moment. */
export interface Visitor {
  tx: Transaction
  /** The one time of this request. */
  now: Date
  client: Client
  site: AskedSite
  language: Language
  secrets: Secrets
  /** Where the portal is reached: what links in mails to customers' users begin with. */
  portalUrl: URL
  settingsUrl: URL
  /** Where the console is, with which links in mails to staff begin; absent: there is none. */
  consoleUrl?: URL | undefined
  log: Log
}

/** What a feature works with for somebody who is signed in. */
export interface Context<Actor> extends Visitor {
  actor: Actor
}

/** How long a second factor that was shown within a session counts for what is critical. */
export const confirmedFor: number = 10 * minutes

const secondFactor: unique symbol = Symbol('the second factor was shown lately')

/** The context of an actor who has shown the second factor lately: what every critical change takes. */
export type Confirmed<Ctx> = Ctx & { readonly [secondFactor]: true }

/** The only way to a confirmed context; undefined while the actor has to show the second factor first. */
export function confirmedOf<Ctx extends Context<{ confirmedAt: Date }>>(ctx: Ctx): Confirmed<Ctx> | undefined {
  const { actor, now } = ctx
  return after(actor.confirmedAt, confirmedFor) > now ? { ...ctx, [secondFactor]: true } : undefined
}
