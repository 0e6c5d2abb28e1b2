import { z } from 'zod'
import { optional, otherwise, timeZoneName } from '#platform/values.ts'
import { checkContents, initialSettings, insideNumber, lineNumbers, mainNumber } from './contents.ts'

const numbering = z
  .strictObject({
    first: insideNumber,
    last: insideNumber,
    /** How many extensions there may be. */
    most: z.int().min(0).max(20_000),
  })
  .refine(({ first, last }) => first.length === last.length && first <= last, {
    path: ['last'],
    message: 'must have as many digits as "first" and not come before it',
  })

const lineValues = z.strictObject({
  timeZone: otherwise(timeZoneName, 'Asia/Tokyo'),
  /** The numbers that extensions and groups have. */
  extensions: numbering,
  /** How many groups there may be. */
  groups: otherwise(z.int().min(0).max(200), 200),
  /** Calls at a time. */
  channels: z.int().min(1).max(10_000),
  parkSlots: otherwise(z.int().min(0).max(100), 3),
  /** Whether the platform records messages. */
  voicemail: otherwise(z.boolean(), false),
  /** Countries to which calls may be passed on, by their calling codes; absent: none. */
  internationalTargets: z
    .array(z.string().regex(/^[1-9]\d{0,2}$/, 'must be a calling code such as 82'))
    .max(250)
    .default([]),
  /** Which telephone numbers it has; absent: as before. */
  numbers: lineNumbers.optional(),
  /** Shown to those who are called, where nothing else is set. */
  mainNumber: optional(mainNumber),
  initial: initialSettings.optional(),
})

/** What the operator has set up for a contract of a telephone system, whichever way it comes in. */
export const lineFrame = lineValues.superRefine(checkContents)

export type LineFrame = z.output<typeof lineFrame>
