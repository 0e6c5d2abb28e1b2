import type { z } from 'zod'
import { line } from '#platform/values.ts'

export const longestMemo = 100
/** The customer's own note on a contract, whichever way it comes in. */
export const contractMemo: z.ZodString = line(longestMemo)
