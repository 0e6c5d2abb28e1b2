import { z } from 'zod'
import { timeZoneNamed } from './time/zones.ts'
import { reasons } from './value-reasons.ts'

/**
 * Kinds of values that fields have, whichever way they come in. What is wrong with one is a reason, which files and forms tell in
 * their own words (`reasons`). Lengths are those that browsers count (UTF-16), so never more characters than the database takes.
 */

/** One line of text, or none: nothing in it breaks lines, turns the direction of the text around it, or is no character. */
export const line = (most: number): z.ZodString =>
  z
    .string()
    .max(most, tooLong(most))
    .regex(noSpaceAround, 'must not begin or end with a space')
    .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u, reasons.controls.file)

/** Text of several lines, each ended by a mere line feed; or none. */
export const lines = (most: number): z.ZodString =>
  z
    .string()
    .max(most, tooLong(most))
    .regex(noSpaceAround, 'must not begin or end with a space')
    .regex(/^([^\p{Cc}\p{Cs}\p{Bidi_Control}]|[\n\t])*$/u, reasons.controls.file)

const noSpaceAround = /^(\S(.*\S)?)?$/su

function tooLong(most: number): string {
  return `must not be longer than ${most} characters`
}

/**
 * The value without marks that nobody sees and that come along with what is copied: soft hyphen, zero-width space and the like.
 * Those stay that choose the form of a kanji; and those that turn the direction of text, which is refused by name.
 */
export const unmarked = <Value>(value: z.ZodType<Value, string>): z.ZodType<Value, string> =>
  z
    .string()
    .transform((text) => text.replaceAll(/(?![\p{Variation_Selector}\p{Bidi_Control}])\p{DI}/gu, ''))
    .pipe(value)

/**
 * The value in one width, as names are kept: Latin letters, digits and what joins them in half width, kana in full width, and a space
 * as one space. Signs of Japanese stay as they were typed: 「営業部（東京）」.
 */
export const evenWidth = <Value>(value: z.ZodType<Value, string>): z.ZodType<Value, string> =>
  z.string().transform(inEvenWidth).pipe(value)

export function inEvenWidth(text: string): string {
  return text
    .replaceAll(/[｡-ﾟ]+|[０-９Ａ-Ｚａ-ｚ]|\u3000/gu, (part) => part.normalize('NFKC'))
    .replaceAll(/(?<=[0-9A-Za-z])[＆＇＋，－．／＿＠]/gu, (sign) => sign.normalize('NFKC'))
}

/** What may be absent; an export writes an empty text where there is nothing. */
export const optional = <Value>(value: z.ZodType<Value>): z.ZodOptional<z.ZodType<Value | undefined>> =>
  z.preprocess((given) => (given === '' ? undefined : given), value.optional()).optional()

/** The same, where something else stands for it when it is absent. */
export const otherwise = <Value>(
  value: z.ZodType<Value>,
  usual: NoInfer<Value>,
): z.ZodPipe<z.ZodOptional<z.ZodType<Value | undefined>>, z.ZodTransform<Value, Value | undefined>> =>
  optional(value).transform((given) => given ?? usual)

/** The value as people type it: with spaces around it. */
export const typed = <Value>(value: z.ZodType<Value, string>): z.ZodType<Value, string> => z.string().trim().pipe(value)

/** The value of several lines as people type it: browsers end a line with a carriage return, too. */
export const typedLines = <Value>(value: z.ZodType<Value, string>): z.ZodType<Value, string> =>
  z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(value)

/** The name of a time zone. */
export const timeZoneName: z.ZodType<string, string> = z.string().transform((name, { addIssue }) => {
  const message = 'must be the name of a time zone such as Asia/Tokyo'
  const zone = timeZoneNamed(name)
  if (zone !== undefined) return zone
  // An empty one was not chosen.
  if (name === '') addIssue({ code: 'invalid_value', values: [], input: name, message })
  else addIssue({ code: 'invalid_format', format: 'time-zone', input: name, message })
  return z.NEVER
})

/** A day such as `2027-04-01`, which every calendar and the database know. */
export const calendarDay: z.ZodType<string, string> = z.iso
  .date('must be a day such as 2027-04-01')
  .regex(/^2[01]/, 'must be a day from 2000 to 2199')

/** A day as people and spreadsheets write it: 2027/4/1, too. */
export const typedDay: z.ZodType<string, string> = z
  .string()
  .transform((text) => {
    const [, year, month = '', day = ''] =
      /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text.normalize('NFKC').trim()) ?? []
    return year === undefined ? text.trim() : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  })
  .pipe(calendarDay)

export interface UploadedFile {
  /** As whoever sent it says. */
  name: string
  bytes: Buffer<ArrayBuffer>
}

const uploaded: z.ZodType<UploadedFile, string> = z.string().transform((text) => {
  const end = text.indexOf('\n')
  return { name: text.slice(0, Math.max(end, 0)), bytes: Buffer.from(text.slice(end + 1), 'latin1') }
})

/** A file that a form was sent with, as its bytes; one that was not chosen is empty. */
export const uploadedFile: z.ZodType<Buffer<ArrayBuffer>, string> = uploaded
  .transform(({ bytes }) => bytes)
  .refine((bytes) => bytes.length > 0)

/** The same with the name that it has where it comes from. */
export const namedFile: z.ZodType<UploadedFile, string> = uploaded.refine(({ bytes }) => bytes.length > 0)

/** Those that were chosen, or none; one may be empty. */
export const uploadedFiles: z.ZodType<UploadedFile[], string[]> = z.array(uploaded)
