import { type RawBuilder, sql } from 'kysely'
import { after } from '../time/duration.ts'

/** So much of something within so many milliseconds, whenever these begin. It is kept as the moments of the last ones, the newest last. */
export interface Budget {
  most: number
  within: number
}

/** Whether one more may be taken now. */
export function isLeft(past: RawBuilder<unknown>, { most, within }: Budget, now: Date): RawBuilder<boolean> {
  const oldest = sql<Date>`(${past})[cardinality(${past}) - ${sql.lit(most - 1)}]`
  return sql`(cardinality(${past}) < ${sql.lit(most)} or ${oldest} <= ${after(now, -within)})`
}

/** The moments with this one. */
export function withOneMore(past: RawBuilder<unknown>, { most }: Budget, now: Date): RawBuilder<Date[]> {
  return sql`(${past} || ${now}::timestamptz)[cardinality(${past}) - ${sql.lit(most - 2)}:]`
}
