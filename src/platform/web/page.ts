import type { VNode } from 'preact'
import type { z } from 'zod'
import type { FieldProblem, FormValues, FormView, KeptForm, LastChange, TypedText } from '../form.ts'
import type { Refusal } from '../outcome.ts'
import type { In, Language, Phrase, Words } from '../words.ts'
import type { AskedSite, Confirmed, Visitor } from '../context.ts'
import type { EndsLook, Lookable } from './lookable.ts'
import type { Path, Standing, Thing } from './paths.ts'
import type { Passwords } from '../security/passwords.ts'

/** One field of a form: what it is called, what it may hold, and whether its value may ever be shown or kept again. */
export interface Field<Value extends z.ZodType = z.ZodType> {
  label: Phrase
  value: Value
  /** Of the right format, to be named where the typed one has another. */
  example?: string
  /** Chosen among what is offered, and never typed, though its value says so to nobody: such as an id. */
  chosen?: true
  secret?: true
  /** The form carries it, and nobody types it: such as the version of what the form was made from. */
  carried?: true
  /** Several values under one name, such as boxes to tick; `value` is that of the array, which may be empty. */
  many?: true
  /** A file that is sent along, as `uploadedFile` takes it, or with `many` several, as `uploadedFiles`: never shown or kept again. */
  file?: true
  /** How large a form with such files may be; unless told, 6 MB. */
  mostBytes?: number
  /** Stands once for each row of a list, as `name.<id>`; `value` is that of a record by id, which may be empty. */
  perRow?: true
}

export type FormFields = Record<string, Field>
export type Input<F extends FormFields> = { [K in keyof F]: z.output<F[K]['value']> }

/** What is asked for. */
export interface PageRequest<Name extends string = string> {
  /** Of the path, such as `id` in `/contracts/:id`: an id that can be one, or the page is not asked. */
  params: Readonly<Record<Name, string>>
  /** The first value of each name; lists of values are not used. */
  query: Readonly<Record<string, string>>
  /** Of this site, by their short names. */
  cookies: Readonly<Record<string, string>>
}

/** What there is before the transaction: for work that must not happen inside one. */
export interface Preparation<Context, Name extends string = string> {
  visitor: Omit<Visitor, 'tx'>
  asked: PageRequest<Name>
  passwords: Pick<Passwords, 'inLine'>
  /** A short transaction of its own; undefined when the page is not for whoever asks. */
  inTransaction: <T>(work: (ctx: Context) => Promise<T>) => Promise<T | undefined>
}

export interface View<Data, W extends Words> {
  data: Data
  form: FormView
  words: In<W>
  reader: Reader
  /** The proof for a form that posts to another path. */
  tokenFor: (path: string) => string
}

/** For whom a view is made. */
export interface Reader {
  language: Language
  isSignedIn: boolean
  timeZone: string
  now: Date
}

export interface Cookie {
  name: string
  /** Null: removed. */
  value: string | null
  /** Absent: until the browser closes. */
  lastsMs?: number
}

export interface Redirect {
  kind: 'redirect'
  to: string
  cookies: Cookie[]
  /** FrameContent once above the heading of the next page. */
  notice: string | undefined
  /** What was written before it goes back to where it was. */
  undo: boolean
}

/** The form that was kept is sent now, in the session that goes on under this token. Only a confirmation comes to it. */
export interface SendKept {
  kind: 'send-kept'
  form: KeptForm
  session: string
}

/** What a form comes to. Never the page itself: whoever goes back would be asked to send it once more. */
export type FormResult = Redirect | Problem | SendKept

export interface Preview<Data> {
  data: Data
  values: FormValues
  /** False: the form is only shown again, and nothing in it was judged. */
  submits: boolean
}

export interface Problem {
  kind: 'problem'
  problems: readonly FieldProblem[]
  undo: boolean
}

export const notFound: unique symbol = Symbol('not found')

/** What a form does for whoever has shown the second factor lately; of others the platform keeps the form, asks, and then sends it. */
export interface Critical<Context, Given> {
  /** Whether what was sent is critical, or else for `submit`; absent: always. */
  when?: (given: Given) => boolean
  submit: (ctx: Confirmed<Context>, given: Given) => Promise<FormResult>
}

/** What is known of a form that may be submitted. */
type PageForm<W extends Words, F extends FormFields, Data, Name extends string> = Submission<
  W,
  Input<F>,
  NoInfer<Name>
> & { data: Data }

/** A page: who may open it, what it loads, what its form changes, how it looks. */
export interface Page<
  Context,
  Audience,
  W extends Words = Words,
  Data = unknown,
  F extends FormFields = FormFields,
  Prepared = unknown,
  Name extends string = string,
> extends Lookable {
  path: Path<Name>
  allow: Audience
  words: W
  /** Answers what the page is about; or that there is no such thing; or where to go instead. */
  load: (ctx: Context, asked: PageRequest<NoInfer<Name>>) => Promise<Data | typeof notFound | Redirect>
  form?: F
  /** What stands in the fields before anything was typed. */
  initial?: (data: NoInfer<Data>) => Partial<Record<keyof F, string | readonly string[]>>
  /** Others may change what the form changes: who did last. The platform then compares what the form was made with and what is now. */
  changedBy?: (ctx: Context, data: NoInfer<Data>) => Promise<LastChange | undefined>
  /** How values of a field are called, where they do not speak for themselves. */
  said?: { [Each in keyof F]?: (value: string, shown: { data: NoInfer<Data>; language: Language }) => string }
  /** What the page shows beside a form that was filled in: what it would lead to, and what a button that sends nothing makes of it. */
  preview?: (ctx: Context, filled: { data: NoInfer<Data>; values: FormValues }) => Promise<Preview<NoInfer<Data>>>
  /** What of a form its user is shown who may not send it any more; unless told, what stands in its fields. */
  typed?: (values: FormValues, language: Language) => TypedText[]
  /** Slow work outside any transaction, before `submit`. It must be checked again there. */
  prepare?: (preparation: Preparation<Context, NoInfer<Name>>, input: Input<F>) => Promise<Prepared>
  /** What is wrong with the form as a whole: said before the second factor is asked for or anything done. */
  check?: (given: PageForm<W, F, NoInfer<Data>, Name>) => Problem | undefined
  submit?: (ctx: Context, given: PageForm<W, F, Data, Name> & { prepared: NoInfer<Prepared> }) => Promise<FormResult>
  /** In place of `submit`, or beside it. A page with `prepare` has none: what was prepared would be old by then. */
  critical?: Critical<Context, PageForm<W, F, Data, Name>>
  title: (view: View<NoInfer<Data>, W>) => string
  view: (view: View<NoInfer<Data>, W>) => VNode
  /** Where whoever is signed in already is led by a look at it: of the pages of a login. What is posted is judged all the same. */
  leadsOn?: (asked: PageRequest<NoInfer<Name>>, site: AskedSite) => string
  /** True: it belongs to the login, and looks the same for somebody who still has a session. */
  isBeforeLogin?: true
  /** Its address alone proves what is posted, without cookie or form of ours; it is answered by the page, for readers of mails follow no redirect (RFC 8058, 3.1). */
  isOneClick?: true
  /** To look at it changes something, such as that it was read. */
  changesByLooking?: true
  /** Where the page lies on the site, for the frame to mark. */
  section?: string
  /** The part of the section in which it lies, by a name that the frame knows. */
  within?: (data: NoInfer<Data>) => string
  /** Where else the frame is to mark the reader as being: at the page that this one belongs to. */
  standsAt?: (data: NoInfer<Data>) => Standing
  /** What the page is about, if anything: the site notes that somebody looked at it. */
  about?: (data: NoInfer<Data>) => Thing | undefined
}

/** The target of a button on other pages: it changes something and leads on. */
export interface Action<Context, Audience, W extends Words = Words, F extends FormFields = FormFields> {
  path: string
  allow: Audience
  words: W
  form?: F
  /** Where somebody is led whose form is refused before anything is done, with the reason above the heading. */
  back: string
  submit?: (ctx: Context, given: Submission<W, Input<F>>) => Promise<Redirect>
  endLook?: EndsLook<Context>['endLook']
  critical?: CriticalAction<Context, Submission<W, Input<F>>>
}

interface CriticalAction<Context, Given> extends Pick<Critical<Context, Given>, 'when'> {
  /** What the button does, as it is told where the second factor is shown. */
  title: Phrase
  submit: (ctx: Confirmed<Context>, given: Given) => Promise<Redirect>
}

/** What scripts ask for. */
export interface Answer<Context, Audience, W extends Words = Words> {
  path: string
  allow: Audience
  words: W
  load: (ctx: Context, asked: PageRequest, words: In<W>) => Promise<object>
  /** False: asking does not count as using the session. */
  isUse?: false
}

/** An image behind the login. Where its address changes with its content, browsers keep it. */
export interface Picture<Context, Audience, Name extends string = string> {
  path: Path<Name>
  allow: Audience
  load: (ctx: Context, asked: PageRequest<NoInfer<Name>>) => Promise<PictureFile | typeof notFound>
}

export interface PictureFile {
  type: 'image/png' | 'image/jpeg' | 'image/webp'
  bytes: Uint8Array<ArrayBuffer>
  /** True: browsers keep nothing of it, for who may see it can change. */
  isFleeting?: true
}

/** What a form was filled in with. */
export interface Submission<W extends Words, I, Name extends string = string> {
  input: I
  words: In<W>
  asked: PageRequest<Name>
}

interface RedirectOptions {
  cookies?: Cookie[]
  notice?: string
  /** Why nothing was done: what was written is undone unless the refusal keeps it. */
  refusal?: Pick<Refusal, 'keep'>
}

export function redirect(to: string, { cookies = [], notice, refusal }: RedirectOptions = {}): Redirect {
  return { kind: 'redirect', to, cookies, notice, undo: refusal !== undefined && !refusal.keep }
}

/** Shows the form again with this text at the field, or at none: then it concerns the form as a whole. */
export function problemAt(field: string | undefined, text: string, refusal?: Pick<Refusal, 'keep'>): Problem {
  return problemsAt([field === undefined ? { text } : { field, text }], refusal)
}

/** The same with several at once. */
export function problemsAt(problems: readonly FieldProblem[], refusal?: Pick<Refusal, 'keep'>): Problem {
  return { kind: 'problem', problems, undo: !refusal?.keep }
}
