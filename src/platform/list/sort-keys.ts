import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { rowId } from '../form.ts'
import type { Language } from '../words.ts'

/** Something that rows are sorted by: in SQL, and how it is checked when an address brings it back. */
export interface SortKey {
  column: RawBuilder<unknown> | ((language: Language) => RawBuilder<unknown>)
  part: z.ZodType<string>
}

/** One line of text: codes, numbers, names. */
export function byText(column: string | SortKey['column']): SortKey {
  return { column: typeof column === 'string' ? sql.ref(column) : column, part: textPart }
}

/** In the order of the database's own type. */
export function byEnum(values: readonly [string, ...string[]], column: string): SortKey {
  return { column: sql.ref(column), part: z.enum(values) }
}

/** A day or a moment; a row without one comes after all others. */
export function byTime(column: string): SortKey {
  return byNumber(secondsOf(column))
}

/** A moment that each row has, in the order of an index that has it. */
export function byMoment(column: string): SortKey {
  return { column: sql.ref(column), part: z.string().refine(isMoment) }
}

/** As PostgreSQL writes it: `2026-11-22 03:00:00.123+00`. */
function isMoment(text: string): boolean {
  const [, day, time] =
    /^([12]\d{3}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,6})?)[+-](?:0\d|1[0-4])(?::[0-5]\d)?$/.exec(text) ?? []
  return z.iso.datetime().safeParse(`${day}T${time}Z`).success
}

/** The same from the latest on, within an order that rises. */
export function byLatest(column: string): SortKey {
  return byNumber(sql`-${secondsOf(column)}`)
}

/** A number that may be broken, negative or endless. */
export function byNumber(column: RawBuilder<unknown>): SortKey {
  return { column, part: z.string().regex(/^-?(\d{1,15}(\.\d{1,6})?|Infinity)$/) }
}

/** One that is an integer of PostgreSQL's. */
export function byInteger(column: string | RawBuilder<unknown>): SortKey {
  return { column: typeof column === 'string' ? sql.ref(column) : column, part: z.string().regex(/^-?\d{1,9}$/) }
}

/** The same of PostgreSQL's bigint, as ids of histories are. */
export function byBigint(column: string): SortKey {
  return { column: sql.ref(column), part: z.string().regex(/^-?\d{1,18}$/) }
}

/** In no order that says anything, but in one: what tells rows apart that are equal in all else. */
export function byId(column: string): SortKey {
  return { column: sql.ref(column), part: rowId }
}

/** A day or a moment as a number to sort by. */
export function secondsOf(column: string): RawBuilder<unknown> {
  return sql`coalesce(extract(epoch from ${sql.ref(column)}), 'Infinity')`
}

const textPart = z.string().regex(/^[^\p{Cc}\p{Cs}]{0,200}$/u)
