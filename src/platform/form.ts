import { z } from 'zod'
import type { Language, Phrase } from './words.ts'

/** A form as a view sees it: what stands in the fields, and what is wrong with it, in the reader's language. */
export interface FormView {
  /** Path that the form posts to. */
  action: string
  /** Proof that this form was given to this browser; goes out as the hidden field `token`. */
  token: string
  /** What was typed, or what the page loaded. A field that must never be echoed (a password) is absent. */
  values: FormValues
  /** In the order of the fields. Without a field: it concerns the form as a whole. */
  problems: readonly FieldProblem[]
  /** What others have changed since the form was made; absent: nothing. */
  conflict?: readonly Conflict[] | undefined
}

/** Who has changed a thing last, when, and how that is called. */
export interface LastChange {
  /** Null: the operator. */
  byId: string | null
  by: string
  at: Date
  what: Phrase
}

/** A field that others have changed since a form was made, in words; an empty value is none. */
export interface Conflict {
  field: string
  /** When the form was made; absent: not known. */
  former?: string
  theirs: string
  yours: string
  /** It was changed in the form, too. */
  isMine: boolean
}

/** By the names of the fields; those that stand once for each row of a list are named `right.<id>`. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>

/** A critical form as it was sent, kept until its user has shown the second factor. */
export interface KeptForm {
  /** Of what it was sent to: as it is written down, then as it was asked for. */
  pattern: string
  path: string
  /** With its question mark, or empty. */
  search: string
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string>>
  /** What it is going to do. */
  title: Phrase
  /** Where its page lies on the site. */
  section?: string | undefined
  within?: string | undefined
  /** Secret ones among them. */
  values: FormValues
  /** Which showing again of the form it was, if it was one. */
  again?: string | undefined
}

/** What is kept of a form that is to be shown again. */
export interface FormDraft {
  values: FormValues
  /** Why it was not taken, in the language in which it was said; absent: it was never judged. */
  wrong?: { language: Language; problems: readonly FieldProblem[] } | undefined
}

export interface FieldProblem {
  field?: string
  text: string
}

/** The `version` of a row, as a form carries it; one more still is a number the database takes. */
export const rowVersion: z.ZodType<number> = z.coerce.number().pipe(
  z
    .int()
    .min(1)
    .max(2 ** 31 - 2),
)

/** An id, which is random (RFC 9562), as we write it: in one spelling alone, so that equal ones are equal texts. */
export const rowId: z.ZodType<string> = z.uuid().lowercase()

/** What is no id in an address names nothing, and is no question to the database. */
export function isId(text: string): boolean {
  return rowId.safeParse(text).success
}

/** A field of a form and what was typed into it, for people. */
export interface TypedText {
  label: string
  text: string
}
