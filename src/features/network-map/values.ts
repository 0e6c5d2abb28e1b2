import { z } from 'zod'
import { line } from '#platform/values.ts'
import { type Position, positionIn } from './position.ts'
import { prefectures } from './prefectures.ts'

/** The code of a prefecture; none: the site has no place. */
export const prefectureCode: z.ZodType<number | undefined, string> = z.string().transform((text, { addIssue }) => {
  if (text === '') return undefined
  const code = /^[1-9]\d?$/.test(text) ? Number(text) : 0
  if (prefectures.has(code)) return code
  addIssue({ code: 'invalid_value', values: [], input: text, message: 'must be the code of a prefecture' })
  return z.NEVER
})

/** Two numbers, or the address of a map; nothing: the seat of the prefecture's government. */
export const mapPosition: z.ZodType<Position | undefined, string> = z
  .string()
  .max(2000)
  .transform((text, { addIssue }) => {
    if (text.trim() === '') return undefined
    const position = positionIn(text)
    if (position) return position
    addIssue({ code: 'invalid_format', format: 'position', input: text, message: 'must be a position in Japan' })
    return z.NEVER
  })

export const siteAddress: z.ZodString = line(200)
