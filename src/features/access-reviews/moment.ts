import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { only } from '#platform/database/json-row.ts'

/** A moment of which it can be said who could see what. */
export interface ReviewMoment {
  at: Date
  /** The day, in the customer's zone: such as `2026-11-30`. */
  on: string
  /** Now, and not the end of a day that is over. */
  isNow: boolean
  /** The customer's, whose days they are. */
  timeZone: string
  /** From here on everything is known. */
  recordedSince: Date
  isRecorded: boolean
}

/**
 * The end of a day, or now if the day is not over or none is given. What is recorded has the moment of the database, whose clock may
 * be ahead.
 */
export async function findReviewMoment({ tx, actor, now }: Context, on?: string): Promise<ReviewMoment> {
  const customer = sql`where customer_id = ${actor.customer.id}`
  const { rows } = await sql<ReviewMoment>`
    with present as (
      select date_trunc('milliseconds', greatest(${now}, now())) as at
    ), asked as (
      select time_zone, p.at as present, least((${on ?? null}::date + 1)::timestamp at time zone time_zone, p.at) as at
      from customer, present p where id = ${actor.customer.id}
    ), recorded as (
      select greatest(${now}::timestamptz - make_interval(years => (select change_history_years from operator)),
        least((select min(since) from user_record ${customer}), (select min(since) from user_group_record ${customer}))) as since
    )
    select at, time_zone as "timeZone", at = present as "isNow", since as "recordedSince", at >= since as "isRecorded",
      to_char((case when at = present then at else at - interval '1 second' end) at time zone time_zone, 'YYYY-MM-DD') as on
    from asked, recorded`.execute(tx)
  return only(rows)
}
