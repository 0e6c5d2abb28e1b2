import type { Context } from '#features/actor.ts'
import { recordChange } from '#features/change-history/record.ts'
import { endSessionsOver } from '#features/sessions/end-over.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { IdleTime } from './idle-times.ts'

/** The actor's own. */
export interface OwnIdleTime {
  /** Null: the customer's. */
  own: number | null
  /** The customer's, which is the most. */
  most: number
  mayChange: boolean
}

export async function findOwnIdleTime({ tx, actor }: Context): Promise<OwnIdleTime> {
  const { own, most, may_shorten_idle } = await tx
    .selectFrom('portal_user as u')
    .innerJoin('customer as c', 'c.id', 'u.customer_id')
    .where('u.customer_id', '=', actor.customer.id)
    .where('u.id', '=', actor.userId)
    .select(['u.idle_minutes as own', 'c.idle_minutes as most', 'c.may_shorten_idle'])
    .executeTakeFirstOrThrow()
  return { own, most, mayChange: may_shorten_idle || actor.role === 'portal-administrator' }
}

/** Sets the actor's own, within what the customer allows at this moment. */
export async function setOwnIdleTime(
  ctx: Context,
  minutes: IdleTime | null,
): Promise<Outcome<void, 'not-allowed' | 'more-than-customers'>> {
  const { tx, actor, now } = ctx
  const { own, most, mayChange } = await findOwnIdleTime(ctx)
  if (!mayChange) return refuse('not-allowed')
  if (minutes !== null && minutes > most) return refuse('more-than-customers')
  // Others of the actor's, which were over by the time that held.
  await endSessionsOver(tx, now, { customerId: actor.customer.id, userIds: [actor.userId] })
  await tx
    .updateTable('portal_user')
    .set({ idle_minutes: minutes })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', actor.userId)
    .execute()
  await recordChange(ctx, {
    action: 'user-idle-time-changed',
    subject: { kind: 'user', id: actor.userId, name: actor.name },
    before: { idleMinutes: own },
    after: { idleMinutes: minutes },
  })
  return done()
}
