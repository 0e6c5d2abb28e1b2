import { type RawBuilder, sql } from 'kysely'
import { goodUrlUntil, userStates } from '../user.ts'

/** Whether the user that a query calls `u` awaits registration and has no URL to register by. */
export function hasNoGoodUrl(now: Date): RawBuilder<boolean> {
  return sql<boolean>`u.urgency = ${sql.lit(userStates.indexOf('awaiting-registration'))} and ${goodUrlUntil(now)} is null`
}
