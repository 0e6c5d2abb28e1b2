import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext } from 'hono'
import type { VNode } from 'preact'
import type { Visitor } from '../context.ts'
import type { Database } from '../database/database.ts'
import type { FormValues, FormView } from '../form.ts'
import type { Log } from '../log.ts'
import type { Passwords } from '../security/passwords.ts'
import type { Secrets } from '../security/secrets.ts'
import type { Language } from '../words.ts'
import type { Assets } from './assets.ts'
import type { Networks } from './client.ts'
import type { Thing } from './page.ts'

export interface Bindings {
  Bindings: HttpBindings
}

export type WebContext = HonoContext<Bindings>

/** What sites must know of how the program is set up. */
export interface WebSettings {
  /** Where the portal is reached: what links in mails begin with. */
  portalUrl: URL
  settingsUrl: URL
  /** Networks whose X-Forwarded-For is believed. */
  trustedProxies: Networks
  demo: boolean
}

/** What every site stands on. */
export interface Program {
  config: WebSettings
  database: Database
  secrets: Secrets
  passwords: Passwords
  assets: Assets
  log: Log
  now: () => Date
}

/** What the platform must know of somebody who is signed in; the rest is the features' affair. */
export interface SignedIn {
  /** Null: the browser's. */
  language: Language | null
  timeZone: string
  /** Paths of forms whose content waits since a session had timed out. */
  draftPaths: readonly string[]
}

export type Opened<Actor> =
  | { state: 'open'; actor: Actor; useIsDue: boolean }
  /** Over, because it was not used or because it had lasted long enough; its user may leave a draft behind. */
  | { state: 'timed-out'; over: 'time' | 'limit' }
  | { state: 'none' }

/** One web site: who is who on it, and what surrounds its pages. */
export interface Site<Actor extends SignedIn> {
  /** Names its cookies. */
  name: string
  url: URL
  signInPath: string
  program: Program
  /** Finds the session of a cookie and sets the fence to its customer. */
  open: (visitor: Visitor, sessionToken: string) => Promise<Opened<Actor>>
  /** Loads what surrounds every page; the function it gives draws it, after the transaction. */
  loadFrame: (visitor: Visitor, actor: Actor | undefined) => Promise<Frame>
  /** A frame without any data, for when there is no database. */
  bareFrame: (language: Language, now: Date) => Frame
  errorContent: (problem: ErrorShown, reader: { language: Language; isSignedIn: boolean }) => Content
  drafts: Drafts<Actor>
  /** Notes that the session was used, in a transaction of its own. */
  noteUse: (actor: Actor, now: Date) => Promise<void>
  /** Notes what the user has looked at, in a transaction of its own. */
  noteVisit: (actor: Actor, thing: Thing, now: Date) => Promise<void>
}

export interface Drafts<Actor> {
  /** Keeps what was typed into the form of a timed-out session. */
  keep: (visitor: Visitor, path: string, values: FormValues) => Promise<void>
  read: (visitor: Visitor, actor: Actor, path: string) => Promise<FormValues>
  remove: (visitor: Visitor, actor: Actor, path: string) => Promise<void>
}

export interface Content {
  title: string
  main: VNode
}

export interface Shown extends Content {
  /** Of the page, without the query. */
  path: string
  /** The query with its question mark, or empty. */
  search: string
  tokenFor: (path: string) => string
  section?: string
  within?: string
  form?: FormView
  /** Said once, above the heading. */
  notice?: string
}

export type Frame = (shown: Shown) => VNode

export type ErrorStatus = 400 | 403 | 404 | 413 | 500 | 503

export interface ErrorShown {
  status: ErrorStatus
  /** A form that none of our pages sent, or one under an address that is no longer ours. */
  isFromElsewhere?: true
  /** To quote to whoever helps. */
  number?: string
  retryAfterSeconds?: number
}
