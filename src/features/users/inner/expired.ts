import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { isInPeriodOf } from '#features/periods-of-use/period.ts'
import { goodUrlUntil, userStates } from '../user.ts'

/** Whether the user that a query calls `u`, of this customer, awaits registration, may use the portal and has no URL to register by. */
export function hasNoGoodUrl({ actor, now }: Pick<Context, 'actor' | 'now'>): RawBuilder<boolean> {
  return sql<boolean>`u.urgency = ${sql.lit(userStates.indexOf('awaiting-registration'))} and ${isInPeriodOf(actor.customer.id, now)}
    and ${goodUrlUntil(now)} is null`
}
