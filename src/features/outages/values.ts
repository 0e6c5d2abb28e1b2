import { z } from 'zod'
import { line, lines } from '#platform/values.ts'

export const longestOutageTitle = 200
export const longestUpdate = 5000

/** 管理番号, as files have it, too. */
export const outageCode: z.ZodType<string, string> = z
  .string()
  .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, hyphens, dots or underscores')
export const outageTitle: z.ZodType<string, string> = line(longestOutageTitle).min(1)
export const updateText: z.ZodType<string, string> = lines(longestUpdate).min(1)
