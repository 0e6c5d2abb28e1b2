import type { z } from 'zod'
import { evenWidth, line } from '#platform/values.ts'

const longestExtensionName = 40
export const extensionName: z.ZodType<string, string> = evenWidth(line(longestExtensionName))

const longestExtensionKana = 80
export const extensionKana: z.ZodType<string, string> = evenWidth(line(longestExtensionKana))

/** So many are added at once. */
export const mostAdded = 100
