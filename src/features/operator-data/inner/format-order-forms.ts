import { z } from 'zod'
import { mostFilesOfMessage } from '#features/attachments/attachment.ts'
import {
  longestAnswer,
  mostFields,
  mostForms,
  mostOptions,
  orderFieldTypes,
  orderKinds,
} from '#features/order-forms/form.ts'
import { optional, otherwise } from '#platform/values.ts'
import { lines, phrase, text } from './format-values.ts'

/** Names of fields stand in names of what a form sends, between dots. */
const fieldCode = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be 1 to 40 small letters, digits or hyphens, a letter first')

const longer = z.strictObject({ ja: lines(1000), en: lines(1000) })

const option = z.strictObject({ code: fieldCode, label: phrase })

const field = z
  .strictObject({
    code: fieldCode,
    label: phrase,
    hint: optional(z.strictObject({ ja: text(500), en: text(500) })),
    type: z.enum(orderFieldTypes),
    required: otherwise(z.boolean(), false),
    /** Characters of a text, the value of a number, how many of several choices. */
    min: optional(z.number().min(-1_000_000_000).max(1_000_000_000)),
    max: optional(z.number().min(-1_000_000_000).max(1_000_000_000)),
    options: optional(z.array(option).min(2).max(mostOptions)),
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
    path: ['max'],
    message: 'must not be less than "min"',
  })
  .refine(({ type, options }) => (type === 'choice' || type === 'choices') === (options !== undefined), {
    path: ['options'],
    message: 'belong to "choice" and "choices", and to nothing else',
  })
  .refine(({ type, min, max }) => canBeLimited(type) || (min === undefined && max === undefined), {
    path: ['type'],
    message: 'has neither "min" nor "max"',
  })
  .refine(({ type, max }) => max === undefined || !isText(type) || (max >= 1 && max <= longestAnswer.lines), {
    path: ['max'],
    message: `must be from 1 to ${longestAnswer.lines} characters`,
  })
  .refine(({ type, min, max = 1 }) => type !== 'file' || (min === undefined && max >= 1 && max <= mostFilesOfMessage), {
    path: ['max'],
    message: `must be from 1 to ${mostFilesOfMessage} files`,
  })
  .refine(({ options = [] }) => areDifferent(options), { path: ['options'], message: 'must have different codes' })

function isText(type: (typeof orderFieldTypes)[number]): boolean {
  return type === 'text' || type === 'lines'
}

function canBeLimited(type: (typeof orderFieldTypes)[number]): boolean {
  return isText(type) || type === 'number' || type === 'choices' || type === 'file'
}

function areDifferent(coded: readonly { code: string }[]): boolean {
  return new Set(coded.map(({ code }) => code)).size === coded.length
}

/** A form by which something of a service is ordered, changed or ended. */
const form = z
  .strictObject({
    code: fieldCode,
    kind: z.enum(orderKinds),
    name: phrase,
    lead: optional(longer),
    /** The wished day lies so many days ahead at least. */
    earliestDays: otherwise(z.int().min(0).max(365), 0),
    fields: z.array(field).min(1).max(mostFields),
  })
  .refine(({ fields }) => areDifferent(fields), { path: ['fields'], message: 'must have different codes' })
  .refine(({ fields }) => fields.filter(({ type }) => type === 'file').length <= 1, {
    path: ['fields'],
    message: 'have one "file" at most',
  })

/** Of a service; in the order of its page. */
export const orderForms = z.array(form).max(mostForms).refine(areDifferent, 'must have different codes')
