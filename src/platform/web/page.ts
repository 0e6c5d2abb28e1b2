import type { VNode } from 'preact'
import type { z } from 'zod'
import type { FormView } from '../form.ts'
import type { Refusal } from '../outcome.ts'
import type { In, Language, Phrase, Words } from '../words.ts'
import type { Visitor } from '../context.ts'
import type { Passwords } from '../passwords.ts'

/** One field of a form: what it is called, what it may hold, and whether its value may ever be shown or kept again. */
export interface Field<Value extends z.ZodType = z.ZodType> {
  label: Phrase
  value: Value
  secret?: true
}

export type FormFields = Record<string, Field>
export type Input<F extends FormFields> = { [K in keyof F]: z.output<F[K]['value']> }

/** Who asks, for which address. */
export interface Asked {
  /** Of the path, such as `id` in `/contracts/:id`. */
  params: Readonly<Record<string, string>>
  /** The first value of each name; lists of values are not used. */
  query: Readonly<Record<string, string>>
  /** Of this site, by their short names. */
  cookies: Readonly<Record<string, string>>
}

/** What is there before the transaction: for work that must not happen inside one. */
export interface Preparing<Context> {
  visitor: Omit<Visitor, 'tx'>
  asked: Asked
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
  to: string
  cookies: Cookie[]
  /** Shown once above the heading of the next page. */
  notice?: string
}

/** The page once more with this, and no other address: for what can be seen only once. */
export interface Show<Data> {
  show: Data
}

export interface Problem {
  field: string
  text: string
  keep: boolean
}

export const notFound: unique symbol = Symbol('not found')

/**
 * A page: who may open it, what it loads, what its form changes, how it looks. Without a view it is only the target of
 * a form; with `json` it answers scripts too.
 */
export interface Page<
  Context,
  Audience,
  W extends Words = Words,
  Data = unknown,
  F extends FormFields = FormFields,
  Prepared = unknown,
> {
  path: string
  allow: Audience
  words: W
  /** Answers what the page is about; or that there is no such thing; or where to go instead. */
  load: (ctx: Context, asked: Asked) => Promise<Data | typeof notFound | Redirect>
  form?: F
  /** What stands in the fields before anything was typed. */
  initial?: (data: NoInfer<Data>) => Partial<Record<keyof F, string>>
  /** Slow work outside any transaction, before `submit`. It must be checked again there. */
  prepare?: (preparing: Preparing<Context>, input: Input<F>) => Promise<Prepared>
  submit?: (
    ctx: Context,
    given: Given<Data, Input<F>, NoInfer<Prepared>, W>,
  ) => Promise<Redirect | Problem | Show<Data>>
  title?: (view: View<NoInfer<Data>, W>) => string
  view?: (view: View<NoInfer<Data>, W>) => VNode
  json?: (view: View<NoInfer<Data>, W>) => object
  /** True: it belongs to the login, and looks the same for somebody who still has a session. */
  isBeforeLogin?: true
  /** Where the page lies on the site, for the frame to mark. */
  section?: string
  /** False: opening it does not count as using the session. */
  isUse?: false
}

export interface Given<Data, I, Prepared, W extends Words> {
  data: Data
  input: I
  prepared: Prepared
  words: In<W>
  asked: Asked
}

export function redirect(to: string, { cookies = [], notice }: { cookies?: Cookie[]; notice?: string } = {}): Redirect {
  return { to, cookies, ...(notice && { notice }) }
}

/** Shows the form again with this text at the field; an empty name means the form as a whole. */
export function problemAt(field: string, text: string, refusal: Pick<Refusal, 'keep'> = { keep: false }): Problem {
  return { field, text, keep: refusal.keep }
}
