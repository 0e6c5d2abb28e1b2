import { type AccessBy, recordAccess } from '#features/access-history/record.ts'
import type { Visitor } from '#platform/context.ts'
import { hashOf } from '#platform/security/secrets.ts'
import type { Context } from '#features/actor.ts'
import { type EndReason, enterFence, enterFenceBySession } from './fence.ts'

/** Signs the actor out here. */
export async function endOwnSession(ctx: Context): Promise<void> {
  await endSessions(ctx, { ...ownerOf(ctx), only: ctx.actor.sessionId, reason: 'signed-out' })
}

/** Ends one of the actor's other sessions; false when there is none of this id. */
export async function endOtherSession(ctx: Context, sessionId: string): Promise<boolean> {
  const { sessionId: keep } = ctx.actor
  return (await endSessions(ctx, { ...ownerOf(ctx), only: sessionId, keep, reason: 'ended-elsewhere' })) > 0
}

/** Ends all of the actor's sessions but this one; answers how many. */
export async function endOtherSessions(
  ctx: Context,
  reason: 'ended-elsewhere' | 'password-changed' = 'ended-elsewhere',
): Promise<number> {
  return endSessions(ctx, { ...ownerOf(ctx), keep: ctx.actor.sessionId, reason })
}

/** Ends whatever sessions a user has, because of a new password; answers how many. */
export async function endAllSessions(visitor: Visitor, user: Pick<Ending, 'customerId' | 'userId'>): Promise<number> {
  const { customerId, userId } = user
  return endSessions(visitor, { customerId, userId, reason: 'password-changed' })
}

/** Ends whatever sessions a user of the actor's customer has, by an administrator's doing; answers how many. */
export async function endSessionsOf(ctx: Context, userId: string): Promise<number> {
  return endSessions(ctx, { customerId: ctx.actor.customer.id, userId, reason: 'ended-by-administrator' })
}

/** Ends whatever sessions a user has, by the operator's doing, with the operator's role. */
export async function endSessionsByOperator(
  by: AccessBy,
  { customerId, userId }: Pick<Ending, 'customerId' | 'userId'>,
): Promise<void> {
  await endSessions(by, { customerId, userId, reason: 'ended-by-operator' })
}

/**
 * Ends the session a browser had before it signed in anew, as whoever and for whichever customer. The fence is moved there and
 * back to that of the new session's customer.
 */
export async function replaceSession(visitor: Visitor, token: string, newCustomerId: string): Promise<void> {
  const { tx, now, client } = visitor
  const session = await enterFenceBySession(tx, hashOf(token), { now, ip: client.ip })
  // One that has timed out is left to the job, which notes when that was.
  if (session?.state === 'open' || session?.state === 'refused') {
    const { id, customer_id: customerId, user_id: userId } = session
    await enterFence(tx, customerId)
    await endSessions(visitor, { customerId, userId, only: id, reason: 'replaced' })
  }
  await enterFence(tx, newCustomerId)
}

interface Ending {
  customerId: string
  userId: string
  /** One session; absent: all of the user's. */
  only?: string
  /** One that goes on. */
  keep?: string
  reason: EndReason
}

/** The one way by which a session ends before its time: each that does is in the access history. */
async function endSessions(visitor: AccessBy, { customerId, userId, only, keep, reason }: Ending): Promise<number> {
  const { tx, now } = visitor
  const ended = await tx
    .updateTable('session')
    .set({ ended_at: now, end_reason: reason })
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    // Those of staff who look end with the user's credentials, and stand in the histories as what they are.
    .where('seen_by', 'is', null)
    .$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
    .$if(keep !== undefined, (query) => query.where('id', '<>', keep ?? ''))
    .returning(({ selectFrom }) => [
      selectFrom('portal_user').whereRef('portal_user.id', '=', 'session.user_id').select('name').as('userName'),
    ])
    .execute()
  const line = { customerId, userId, event: 'sign-out', ...(reason !== 'signed-out' && { reason }) } as const
  await Promise.all(ended.map(({ userName }) => recordAccess(visitor, { ...line, userName: userName ?? '' })))
  return ended.length
}

function ownerOf({ actor }: Context): Pick<Ending, 'customerId' | 'userId'> {
  return { customerId: actor.customer.id, userId: actor.userId }
}
