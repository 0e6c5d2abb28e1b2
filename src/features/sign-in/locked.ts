import { type RawBuilder, sql } from 'kysely'
import type { AccessReason } from '#features/access-history/events.ts'
import type { Actor, Context } from '#features/actor.ts'
import { at, type Json, jsonRow, mapped, rowsOf, value } from '#platform/database/json-row.ts'
import { after, hours } from '#platform/time/duration.ts'
import { lockedFor } from './lock-rule.ts'

/**
 * Selects `user_id` of the customer's locked users. Failures are kept under a keyed hash, which no statement can
 * compare; but each lock, and each end of one before its time, is noted in the access history.
 */
export function lockedUsers({ customer }: Actor, now: Date): RawBuilder<unknown> {
  const ofCustomer = sql`customer_id = ${customer.id} and at > ${after(now, -lockedFor)}`
  return sql`select user_id from access_history where ${ofCustomer} and event in ('locked', 'unlocked') and user_id is not null
    group by user_id having max(at) filter (where event = 'locked') > coalesce(max(at) filter (where event = 'unlocked'), '-infinity')`
}

/** Why somebody cannot log in for now. */
export interface Lock {
  until: Date
  lastFailedAt: Date
  /** What failed since the last login or unlocking before it, tries while locked among it, the most frequent first. */
  failures: { reason: AccessReason; times: number }[]
}

/** Further back nothing counts that locks now. */
const lookedAt = 24 * hours

/** Of a user of the actor's customer who is locked; undefined: the user is not. */
export async function findLock({ tx, actor, now }: Context, userId: string): Promise<Lock | undefined> {
  const { rows } = await sql<Json<Lock>>`
    with lately as (
      select at, event, reason from access_history where customer_id = ${actor.customer.id} and user_id = ${userId}
        and at > ${after(now, -lookedAt)}
    ), locked as (
      select max(at) as at from lately where event = 'locked' and at > ${after(now, -lockedFor)}
    ), failed as (
      select f.at, f.reason from lately f cross join locked where f.event = 'failed' and f.reason is not null
        and f.at > all (select at from lately where event in ('sign-in', 'unlocked') and at < locked.at)
    )
    select ${lock.columns} from locked where locked.at is not null and not exists (
      select from lately where event = 'unlocked' and at > locked.at)`.execute(tx)
  return rows[0] && lock.read(rows[0])
}

const failure = jsonRow<Lock['failures'][number]>({ reason: value('b.reason'), times: value('b.times') })

const lock = jsonRow<Lock>({
  until: mapped(at<Date>('locked.at'), (moment) => after(moment, lockedFor)),
  lastFailedAt: at(sql`coalesce((select max(at) from lately where event = 'failed'), locked.at)`),
  failures: rowsOf(failure, {
    from: sql`(select reason, count(*) as times from failed group by reason) b`,
    orderBy: sql`b.times desc, b.reason`,
  }),
})
