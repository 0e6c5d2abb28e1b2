import { z } from 'zod'

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
}

/** By the names of the fields; those that stand once for each row of a list are named `right.<id>`. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>

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

/** Ids in addresses are random (RFC 9562); what is not one names nothing, and is no question to the database. */
export function isId(text: string): boolean {
  return z.uuid().safeParse(text).success
}
