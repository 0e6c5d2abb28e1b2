import { type RawBuilder, sql } from 'kysely'
import { isInPeriod } from '#features/periods-of-use/period.ts'
import { after, days } from '#platform/time/duration.ts'

/** A browser is trusted for so long after each login in it, */
export const trustSlides = 10 * days
/** and never longer than this after the second factor was shown. */
export const trustLasts = 90 * days

/** Whether the user `u` of the customer `c` may have trusted browsers. */
export const mayTrust: RawBuilder<boolean> = sql<boolean>`(c.trusts_browsers and coalesce(u.may_trust, true))`

/** Whether the browser `t` of the user `u` and the customer `c` is trusted at the moment. */
export function isTrustedAt(now: Date): RawBuilder<boolean> {
  return sql<boolean>`(${mayTrust} and u.state = 'active' and ${isInPeriod(now)} and t.credential_epoch = u.credential_epoch
    and t.last_used_at > ${after(now, -trustSlides)} and t.confirmed_at > ${after(now, -trustLasts)})`
}

/** Until when the browser `t` is trusted, if nobody logs in there before. */
export const trustedUntil: RawBuilder<Date> = sql<Date>`least(t.last_used_at + ${sql.lit(`${trustSlides / days} days`)}::interval,
  t.confirmed_at + ${sql.lit(`${trustLasts / days} days`)}::interval)`
