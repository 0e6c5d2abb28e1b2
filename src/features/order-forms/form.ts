import { createHash } from 'node:crypto'
import type { Phrase } from '#platform/words.ts'

/** What an order form does: it asks for a new contract, or changes or ends one. */
export const orderKinds = ['new', 'change', 'end'] as const
export type OrderKind = (typeof orderKinds)[number]

export const orderFieldTypes = [
  'text',
  'lines',
  'number',
  'date',
  'choice',
  'choices',
  'yes-no',
  'contract',
  'site',
  'phone',
  'mail',
  'file',
] as const
export type OrderFieldType = (typeof orderFieldTypes)[number]

/** One question of an order form. There are no patterns: a regular expression out of a file can stop a process. */
export interface OrderField {
  code: string
  label: Phrase
  hint?: Phrase | undefined
  type: OrderFieldType
  required: boolean
  /** Characters of a text, the value of a number, how many of several choices or files. */
  min?: number | undefined
  max?: number | undefined
  /** Of a choice, in their order. */
  options?: readonly OrderOption[] | undefined
}

export interface OrderOption {
  code: string
  label: Phrase
}

/** A form by which something of a service is ordered: the operator's, as its file has it. */
export interface OrderForm {
  code: string
  kind: OrderKind
  name: Phrase
  lead?: Phrase | undefined
  /** The wished day lies so many days ahead at least. */
  earliestDays: number
  fields: readonly OrderField[]
}

export const mostForms = 20
export const mostFields = 40
export const mostOptions = 50
/** Characters, where a field does not say less. */
export const longestAnswer = { text: 200, lines: 2000 } as const

/** The question that is answered by files: there is one at most, and they are given with the confirmation. */
export function fileFieldOf({ fields }: OrderForm): OrderField | undefined {
  return fields.find(({ type }) => type === 'file')
}

/** Tells forms apart: answers are judged by the form that was shown, and by no other. */
export function markOf(form: OrderForm): string {
  return createHash('sha256').update(JSON.stringify(form)).digest('base64url').slice(0, 22)
}
