import type { z } from 'zod'
import { reasons } from '#platform/value-reasons.ts'
import { evenWidth, line, lines } from '#platform/values.ts'

/** What can be set of a group, whichever way it comes in. */

export const longestGroupName = 64
/** Whatever a name has in it is seen: neither does it turn the direction of the text around it, nor look like another one. */
export const groupName: z.ZodType<string, string> = evenWidth(
  line(longestGroupName)
    .min(1, 'must not be empty')
    .regex(/^\P{Cf}*$/u, reasons.unseen.file),
)

export const longestDescription = 200
/** Of one line or several. */
export const groupDescription: z.ZodString = lines(longestDescription).regex(
  /^[^\p{Cf}\p{Zl}\p{Zp}\t]*$/u,
  'must not contain tabs, nor marks that nobody sees',
)
