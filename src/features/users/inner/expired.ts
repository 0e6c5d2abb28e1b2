import { type RawBuilder, sql } from 'kysely'
import { goodUrlUntil } from '../user.ts'

/** Whether the user that a query calls `u` awaits registration and has no URL to register by. */
export function hasNoGoodUrl(now: Date): RawBuilder<boolean> {
  return sql<boolean>`u.state = 'awaiting-registration' and ${goodUrlUntil(now)} is null`
}
