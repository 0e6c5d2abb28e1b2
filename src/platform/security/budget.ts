import { type RawBuilder, sql } from 'kysely'
import { after } from '../time/duration.ts'

/** How much of something may be done within a time, in milliseconds, whenever that begins. Kept as the moments of the last ones, the newest last. */
export interface Budget {
  most: number
  within: number
}

/** Says whether one more may be done now. */
export function isLeft(past: RawBuilder<unknown>, { most, within }: Budget, now: Date): RawBuilder<boolean> {
  const oldest = sql<Date>`(${past})[cardinality(${past}) - ${sql.lit(most - 1)}]`
  return sql`(cardinality(${past}) < ${sql.lit(most)} or ${oldest} <= ${after(now, -within)})`
}

/** Adds this moment to the ones that count. */
export function withOneMore(past: RawBuilder<unknown>, { most }: Budget, now: Date): RawBuilder<Date[]> {
  return sql`(${past} || ${now}::timestamptz)[cardinality(${past}) - ${sql.lit(most - 2)}:]`
}
