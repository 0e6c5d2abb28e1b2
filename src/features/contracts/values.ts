import type { z } from 'zod'
import { line, unmarked } from '#platform/values.ts'

export const longestMemo = 100
/** The customer's own note on a contract, whichever way it comes in. */
export const contractMemo: z.ZodType<string, string> = unmarked(line(longestMemo))
