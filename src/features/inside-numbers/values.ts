import { z } from 'zod'
import { digitsOf } from '#platform/digits.ts'

/** Of an extension or a group. What begins like an emergency or service number, or like 184 and 186, is none. */
export const insideNumber: z.ZodType<string, string> = z
  .string()
  .transform(digitsOf)
  .pipe(z.string().regex(/^(?!1(10|18|19|84|86))([2-9]\d{1,7}|1\d{3,7})$/, 'must be an extension number such as 1001'))

/** Outside of the line, as dialled within Japan: digits alone, from 0. */
export const outsideNumber: z.ZodType<string, string> = z
  .string()
  .transform((text) => digitsOf(text).replace(/^\+81/, '0'))
  .pipe(z.string().regex(/^0\d{8,10}$/, 'must be a telephone number such as 0300001234'))

/** How long something rings. */
export const ringSeconds: z.ZodType<number, string> = z
  .string()
  .transform((text) => text.normalize('NFKC').trim())
  .pipe(z.string().regex(/^([5-9]|[1-9]\d|1[01]\d|120)$/, 'must be from 5 to 120 seconds'))
  .transform(Number)

/** A telephone number as it is read: `03-0000-2001`, `050-0000-1004`, `0120-000-000`; abroad as it is, for each country has ways of its own. */
export function hyphened(number: string): string {
  if (number.startsWith('+')) return number
  if (number.startsWith('0120')) return `${number.slice(0, 4)}-${number.slice(4, 7)}-${number.slice(7)}`
  const areaDigits = number.length === 11 ? 3 : 2
  return [number.slice(0, areaDigits), number.slice(areaDigits, -4), number.slice(-4)].filter(Boolean).join('-')
}
