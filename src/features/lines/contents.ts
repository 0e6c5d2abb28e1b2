import { z } from 'zod'
import { line as textLine, optional, otherwise } from '#platform/values.ts'
import { dialledNumber } from './find-telephones.ts'

/** A telephone number as people write it; digits alone, as dialled within Japan. */
const outsideNumber = z.string().transform((given, { addIssue }) => {
  const digits = dialledNumber(given)
  if (digits !== undefined) return digits
  addIssue({
    code: 'invalid_format',
    format: 'telephone-number',
    input: given,
    message: 'must be a telephone number of 10 or 11 digits',
  })
  return z.NEVER
})

/** From two to eight digits; none begins with a zero, which dials out. */
export const insideNumber: z.ZodString = z
  .string()
  .regex(/^[1-9]\d{1,7}$/, 'must have 2 to 8 digits and not begin with 0')

/** Of an extension or group: none that is dialled for emergencies and services, or begins like one. */
const ownNumber = z
  .string()
  .regex(/^(?!1(?:10|18|19|84|86))(?:[2-9]\d{1,7}|1\d{3,7})$/, 'must be a number that extensions and groups can have')

export const lineNumbers = z.array(
  z.strictObject({
    number: outsideNumber,
    /** What it is for, in the beginning. Afterwards it is the customer's. */
    memo: textLine(40).default(''),
    /** From that day on it is not reached. */
    endedOn: optional(z.iso.date()),
  }),
)

export const mainNumber: typeof outsideNumber = outsideNumber

const extension = z.strictObject({
  number: ownNumber,
  name: textLine(40).default(''),
  kana: textLine(80).default(''),
  enabled: otherwise(z.boolean(), true),
})

const callGroup = z.strictObject({
  number: ownNumber,
  name: textLine(40).min(1, 'must not be empty'),
  kind: z.enum(['simultaneous', 'sequential', 'even']),
  ringSeconds: otherwise(z.int().min(5).max(120), 15),
  /** Extensions, in the order in which they ring. */
  members: z.array(ownNumber).max(32).default([]),
})

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/** Such as 09:00-18:00; a span that goes on past midnight ends after 24:00. */
const span = z
  .string()
  .regex(/^\d{2}:[0-5]\d-\d{2}:[0-5]\d$/, 'must look like 09:00-18:00')
  .transform((text) => {
    const [opens = '', closes = ''] = text.split('-')
    return { opens: minutesOf(opens), closes: minutesOf(closes) }
  })
  .refine(({ opens, closes }) => opens < 1440 && opens < closes && closes <= 2160, 'must end after it begins, by 36:00')

const calendar = z.strictObject({
  name: textLine(40).min(1, 'must not be empty'),
  /** Days such as 1 (Monday) or 1-5, with the hours of each. */
  weekdays: z.record(z.string().regex(/^[1-7](-[1-7])?$/, 'must be days such as 1-5'), z.array(span)),
})

/** What is set in the beginning. Afterwards it is the customer's, and no import changes it. */
export const initialSettings = z.strictObject({
  extensions: z.array(extension).default([]),
  groups: z.array(callGroup).default([]),
  /** Where calls to a number of the line go: an extension or group. */
  bindings: z.record(outsideNumber, ownNumber).default({}),
  calendars: z.array(calendar).default([]),
  /** By whose hours a number is open, and the extension or group that its calls go to while it is closed. */
  hours: z
    .record(outsideNumber, z.strictObject({ calendar: textLine(40).min(1), closed: ownNumber.optional() }))
    .default({}),
})

export type InitialSettings = z.output<typeof initialSettings>

interface Contents {
  extensions: { first: string; last: string; most: number }
  groups: number
  numbers?: { number: string }[] | undefined
  mainNumber?: string | undefined
  initial?: InitialSettings | undefined
}

/** That what stands in a line is within its frame, and names nothing else. */
export function checkContents(given: Contents, { addIssue }: z.core.$RefinementCtx<Contents>): void {
  const wrong = (path: (string | number)[], message: string): void => addIssue({ code: 'custom', path, message })
  const numbers = new Set(given.numbers?.map(({ number }) => number))
  const { first, last, most } = given.extensions
  if (given.mainNumber !== undefined && !numbers.has(given.mainNumber))
    wrong(['mainNumber'], 'must be one of the "numbers"')
  if (!given.initial) return
  const { extensions, groups, bindings, hours, calendars } = given.initial
  const phones = new Set(extensions.map(({ number }) => number))
  const inside = [...extensions, ...groups].map(({ number }) => number)
  if (extensions.length > most) wrong(['initial', 'extensions'], 'has more than "most" allows')
  if (groups.length > given.groups) wrong(['initial', 'groups'], 'has more than "groups" allows')
  for (const number of inside)
    if (number.length !== first.length || number < first || number > last)
      wrong(['initial'], `has a number that is not from "first" to "last": ${number}`)
  if (new Set(inside).size < inside.length) wrong(['initial'], 'has a number for the second time')
  for (const [index, { members }] of groups.entries())
    for (const member of members)
      if (!phones.has(member)) wrong(['initial', 'groups', index, 'members'], `has no extension: ${member}`)
  for (const [number, target] of Object.entries(bindings)) {
    if (!numbers.has(number)) wrong(['initial', 'bindings'], `has none of the "numbers": ${number}`)
    if (!inside.includes(target)) wrong(['initial', 'bindings', number], `is neither extension nor group: ${target}`)
  }
  for (const [number, { calendar: name, closed }] of Object.entries(hours)) {
    if (!numbers.has(number)) wrong(['initial', 'hours'], `has none of the "numbers": ${number}`)
    if (!calendars.some((one) => one.name === name)) wrong(['initial', 'hours', number], `has no calendar: ${name}`)
    if (closed !== undefined && !inside.includes(closed))
      wrong(['initial', 'hours', number], `is neither extension nor group: ${closed}`)
  }
}
