import { z } from 'zod'
import { timeZoneName } from '#platform/values.ts'

/** From two to eight digits; none begins with a zero, which dials out. */
const insideNumber = z.string().regex(/^[1-9]\d{1,7}$/, 'must have 2 to 8 digits and not begin with 0')

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

/** What the operator has set up for a contract of a telephone system, whichever way it comes in. */
export const lineFrame = z.strictObject({
  timeZone: timeZoneName.default('Asia/Tokyo'),
  /** The numbers that extensions and groups have. */
  extensions: numbering,
  /** How many groups there may be. */
  groups: z.int().min(0).max(200).default(200),
  /** Calls at a time. */
  channels: z.int().min(1).max(10_000),
  parkSlots: z.int().min(0).max(100).default(3),
  /** Whether the platform records messages. */
  voicemail: z.boolean().default(false),
})

export type LineFrame = z.output<typeof lineFrame>
