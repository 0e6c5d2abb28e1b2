import { sql } from 'kysely'
import { recordAccess } from '#features/access-history/record.ts'
import type { Visitor } from '#platform/context.ts'
import { hashOf } from '#platform/secrets.ts'
import type { Context } from './actor.ts'
import { fenceOf } from './fence.ts'

/** Signs the actor out here. */
export async function endOwnSession(ctx: Context): Promise<void> {
  const { tx, now, actor } = ctx
  await tx
    .updateTable('session')
    .set({ ended_at: now, end_reason: 'signed-out' })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', actor.sessionId)
    .where('ended_at', 'is', null)
    .execute()
  await recordAccess(ctx, {
    customerId: actor.customer.id,
    userId: actor.userId,
    userName: actor.name,
    event: 'sign-out',
  })
}

/** Ends one of the actor's other sessions; false when there is none of this id. */
export async function endOtherSession(ctx: Context, sessionId: string): Promise<boolean> {
  return (await endSessions(ctx, sessionId)) > 0
}

/** Ends all of the actor's sessions but this one; answers how many. */
export async function endOtherSessions(ctx: Context): Promise<number> {
  return endSessions(ctx)
}

async function endSessions(ctx: Context, sessionId?: string): Promise<number> {
  const { tx, now, actor } = ctx
  const ended = await tx
    .updateTable('session')
    .set({ ended_at: now, end_reason: 'revoked' })
    .where('customer_id', '=', actor.customer.id)
    .where('user_id', '=', actor.userId)
    .where('id', '<>', actor.sessionId)
    .where('ended_at', 'is', null)
    .$if(sessionId !== undefined, (query) => query.where('id', '=', sessionId ?? ''))
    .returning('id')
    .execute()
  const { customer, userId, name: userName } = actor
  const line = { customerId: customer.id, userId, userName, event: 'sign-out', reason: 'ended-elsewhere' } as const
  await Promise.all(ended.map(() => recordAccess(ctx, line)))
  return ended.length
}

/** Ends the session a browser had before it signed in anew, as whoever and for whichever customer. */
export async function replaceSession({ tx, now }: Visitor, token: string): Promise<void> {
  const { rows } = await sql<{ customer: string | null }>`select app_customer() as customer`.execute(tx)
  // Moves the fence to the customer of that session.
  await sql`select from door.session_of_token(${hashOf(token)}, ${now})`.execute(tx)
  await tx
    .updateTable('session')
    .set({ ended_at: now, end_reason: 'replaced' })
    .where('token_hash', '=', hashOf(token))
    .where('ended_at', 'is', null)
    .execute()
  const [present] = rows
  if (present?.customer) await fenceOf(tx, present.customer)
}
