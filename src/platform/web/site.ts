import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext } from 'hono'
import type { VNode } from 'preact'
import type { AskedSite, Context, Visitor } from '../context.ts'
import type { Database, Transaction } from '../database/database.ts'
import type { FormDraft, FormView, KeptForm, TypedText } from '../form.ts'
import type { Log } from '../log.ts'
import type { Passwords } from '../security/passwords.ts'
import type { Secrets } from '../security/secrets.ts'
import type { Language } from '../words.ts'
import type { Assets } from './assets.ts'
import type { Networks } from './client.ts'
import type { SiteHeaders } from './headers.ts'
import type { PageRequest, Redirect } from './page.ts'
import type { Route, Standing, Thing } from './paths.ts'

export interface Bindings {
  Bindings: HttpBindings
}

export type WebContext = HonoContext<Bindings>

/** What sites must know of how the program is set up. */
export interface WebSettings {
  /** Where the portal is reached: what links in mails begin with. */
  portalUrl: URL
  settingsUrl: URL
  consoleUrl: URL | undefined
  /** From where the operator's staff may work; empty: from everywhere. */
  consoleNetworks: Networks
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
  /** When a job was last done, if that is too long ago for whoever looks since then. */
  findStandstill: (tx: Transaction, watch: { now: Date; begun: Date }) => Promise<Date | undefined>
}

/** What the platform must know of somebody who is signed in; the rest is the features' affair. */
export interface SignedIn {
  userId: string
  name: string
  customer: { id: string; name: string }
  /** Null: the browser's. */
  language: Language | null
  timeZone: string
  /** Paths of forms whose content waits to be shown again. */
  draftPaths: readonly string[]
  /** When the second factor was last shown in this session. */
  confirmedAt: Date
  /** Somebody else looks at what this user sees: is given pages and images, but no files, and no form is taken. */
  onlyLooks?: boolean
}

/** What became of the session that a cookie names. */
export type SessionState<Actor> =
  | { state: 'open'; actor: Actor; useIsDue: boolean }
  /** Over not long ago, for a reason that the site's login knows; an owner may leave a draft behind. */
  | { state: 'over'; over: string; owner: SessionOwner | undefined }
  /** It is open, and may not be used from where the request comes from. */
  | { state: 'refused'; owner: SessionOwner; sessionId: string }
  | { state: 'none' }

/** `changed`: what was known of its reader from an earlier look is true no longer; it is to be opened anew. */
export type OpenedSession<Actor> = SessionState<Actor> | { state: 'changed' }

export interface SessionOwner {
  customerId: string
  userId: string
}

/** One web site: who is who on it, who may come in, and what surrounds its pages. */
export interface SiteDefinition<Actor extends SignedIn, Contexts> extends Omit<AskedSite, 'name'> {
  /** Names its cookies. */
  name: string
  urlIn: (settings: WebSettings) => URL
  /** Other sites that its forms may lead on to: browsers hold a redirect behind a form for part of it (CSP 3, form-action). */
  formTargets?: (settings: WebSettings) => readonly URL[]
  /** Of readers whose own is not known. */
  timeZone: string
  session: Sessions<Actor>
  /** Leads to the login. */
  toSignIn: (stranger: Stranger) => Redirect
  /** For whom pages can be, and with what context they then work. */
  audiences: { readonly [Name in keyof Contexts]: Admit<Actor, Contexts[Name]> }
  frameOf: (program: Program) => SiteFrame<Actor>
  /** What it keeps for its users besides; without it, nothing. */
  keep?: Keeping<Actor>
}

/** Somebody who has to log in. */
export interface Stranger {
  /** Where to come back to, and why the session is over if it is. */
  query: URLSearchParams
  cookies: PageRequest['cookies']
  settings: WebSettings
}

/** A site at work. */
export interface Site<Actor extends SignedIn> extends Pick<
  SiteDefinition<Actor, unknown>,
  'name' | 'timeZone' | 'session' | 'toSignIn' | 'keep'
> {
  /** What its pages are told of it. */
  asked: AskedSite
  url: URL
  headers: SiteHeaders
  program: Program
  frame: SiteFrame<Actor>
  /** Absent: nothing on it is critical. */
  confirmation?: ConfirmationStart<Actor>
}

/** How somebody who is signed in is asked for the second factor once more. */
export interface ConfirmationStart<Actor> {
  /** Where it is shown. */
  path: Route<'id'>
  /** Keeps a form and asks its user for the factor; answers the id by which both are found there. */
  begin: (ctx: Context<Actor>, form: KeptForm) => Promise<string>
}

/** Says who may come in, and what the page then works with; it may ask the database. */
export type Admit<Actor, Ctx> = (
  visitor: Visitor,
  actor: Actor | undefined,
  attempt: Attempt,
) => Admission<Ctx> | Promise<Admission<Ctx>>

export type Admission<Ctx> = { ctx: Ctx } | 'sign-in' | 'forbidden' | 'not-found' | 'only-looks'

/** What somebody is about to do at an address. */
export interface Attempt {
  asked: PageRequest
  method: 'GET' | 'POST'
}

export interface Sessions<Actor> {
  /**
   * Finds the session of a cookie and enters the fence of its customer; its first statement is sent at once. In a look, which
   * writes nothing, the actor is the one that was expected, or somebody else.
   */
  open: (visitor: Visitor, sessionToken: string, isLook: boolean) => Promise<OpenedSession<Actor>>
  /** Who it will be unless something has changed since an earlier look; absent: nobody is expected. */
  expect?: (visitor: Pick<Visitor, 'now'>, sessionToken: string) => Actor | undefined
  /** What was learned in a look that failed need not be true. */
  forget?: (sessionToken: string) => void
  /** When it ends if nothing more happens. */
  endOf: (actor: Actor) => Date
  extend: (ctx: Context<Actor>) => Promise<unknown>
  /** Notes that it was used, in a transaction of its own. */
  noteUse: (tx: Transaction, actor: Actor, now: Date) => Promise<void>
  /** Notes that its user was refused at this address, in a transaction of its own. */
  noteRefusal?: (
    tx: Transaction,
    refused: { owner: SessionOwner; sessionId: string },
    visitor: Pick<Visitor, 'now' | 'client'>,
  ) => Promise<void>
}

export interface Keeping<Actor> {
  drafts?: Drafts<Actor>
  /** Notes what the user has looked at, in a transaction of its own. */
  noteLook?: (tx: Transaction, actor: Actor, look: { at: Thing; now: Date }) => Promise<void>
}

export interface Drafts<Actor> {
  /** Keeps what was typed into a form, whether its session has timed out or goes on, and what was wrong with it. */
  keep: (visitor: Visitor, draft: FormDraft & { owner: SessionOwner; path: string }) => Promise<void>
  /** Without values when there is none. */
  read: (visitor: Visitor, actor: Actor, path: string) => Promise<Partial<FormDraft>>
  remove: (visitor: Visitor, actor: Actor, path: string) => Promise<void>
}

export interface SiteFrame<Actor> {
  /** Loads what surrounds every page; the function it gives draws it, after the transaction. */
  load: (visitor: Visitor, actor: Actor | undefined) => Promise<Frame>
  /** Without any data, for when there is no database. */
  bare: (language: Language, now: Date) => Frame
  error: (facts: ErrorFacts, reader: { language: Language; isSignedIn: boolean }) => Content
}

export interface Content {
  title: string
  main: VNode
}

/** What a frame surrounds. */
export interface FrameContent extends Content {
  /** Of the page, without the query. */
  path: string
  /** The query with its question mark, or empty. */
  search: string
  tokenFor: (path: string) => string
  section?: string
  within?: string
  /** Where else the menu is to mark the reader as being. */
  standing?: Standing
  form?: FormView
  /** Said once, above the heading. */
  notice?: string
}

export type Frame = (content: FrameContent) => VNode

export type ErrorStatus = 400 | 403 | 404 | 413 | 500 | 503

export interface ErrorFacts {
  status: ErrorStatus
  /** An address from which whoever asks may not use the site. */
  refusedAt?: string
  /** Not for somebody who only looks. */
  onlyLooks?: true
  /** A form that none of our pages sent, or one under an address that is no longer ours. */
  isFromElsewhere?: true
  /** To quote to whoever helps. */
  number?: string
  retryAfterSeconds?: number
  /** What stood in a form that its user may not send any more: to be copied. */
  typed?: readonly TypedText[]
  /** The page of that form, which may be looked at still. */
  page?: string
}
