import { z } from 'zod'
import { phoneNumber } from '#features/users/values.ts'

const written = (most: number): z.ZodString =>
  z
    .string()
    .regex(/^\S(.*\S)?$/su, 'must not be empty, nor begin or end with a space')
    .refine((value) => Array.from(value).length <= most, `must not be longer than ${most} characters`)

/** One line of text as PostgreSQL can keep it; its length is counted in characters, as the database counts. */
export const text = (most: number): z.ZodString =>
  written(most).regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters')

/** Text of several lines, each ended by a mere line feed. */
export const lines = (most: number): z.ZodString =>
  written(most).refine(
    (value) => !/[\p{Cc}\p{Cs}]/u.test(value.replaceAll('\n', '')),
    'must not contain control characters',
  )

export const code = z.string().regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, hyphens, dots or underscores')
export const moment = z.iso.datetime({ offset: true })
export const level = z.enum(['view', 'edit'])

export const phrase = z.strictObject({ ja: text(200), en: text(200) })

export const secureAddress = z
  .string()
  .max(2000)
  .refine(isSecureAddress, 'must be an address that begins with https://')

/** Where customers ask and report faults. */
export const contactWindow = z.strictObject({
  name: phrase,
  phone: phoneNumber.optional(),
  /** When somebody answers. */
  hours: phrase.optional(),
  /** A form or page of the operator's. */
  url: secureAddress.optional(),
})

/** An address as one can click it: nothing in it needs mending. */
function isSecureAddress(url: string): boolean {
  return /^https:\/\/[^\s\p{Cc}\p{Cs}]+$/u.test(url) && URL.canParse(url)
}
