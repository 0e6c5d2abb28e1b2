import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'

/** A day or a moment as a number to sort by; without one, after all others. */
export function instantOf(column: string): RawBuilder<unknown> {
  return sql`coalesce(extract(epoch from ${sql.ref(column)}), 'Infinity')`
}

/** Such a number in a row's key, or another that is no integer of PostgreSQL's. */
export const numberPart = z.string().regex(/^-?(\d{1,15}(\.\d{1,6})?|Infinity)$/)

/** A number in a row's key that is an integer of PostgreSQL's. */
export const integerPart = z.string().regex(/^-?\d{1,9}$/)

/** The same of PostgreSQL's bigint, as ids of histories are. */
export const bigintPart = z.string().regex(/^-?\d{1,18}$/)

/** One line of text in a row's key: codes, numbers, names. */
export const textPart = z.string().regex(/^[^\p{Cc}\p{Cs}]{0,200}$/u)
