import { z } from 'zod'
import { phoneNumber } from '#features/users/values.ts'
import { line, lines as severalLines, optional, unmarked } from '#platform/values.ts'

/** One line of text, never empty. */
export const text = (most: number): z.ZodType<string, string> => filled(unmarked(line(most).min(1, empty)))

/** Text of several lines, never empty. */
export const lines = (most: number): z.ZodType<string, string> => filled(unmarked(severalLines(most).min(1, empty)))

const empty = 'must not be empty'

/** Spaces alone are told as nothing. */
const filled = (value: z.ZodType<string, string>): z.ZodType<string, string> =>
  z.string().regex(/\S/u, empty).pipe(value)

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
  phone: optional(phoneNumber),
  /** When somebody answers. */
  hours: optional(phrase),
  /** A form or page of the operator's. */
  url: optional(secureAddress),
})

/** An address as one can click it: nothing in it needs mending. */
function isSecureAddress(url: string): boolean {
  return /^https:\/\/[^\s\p{Cc}\p{Cs}]+$/u.test(url) && URL.canParse(url)
}
