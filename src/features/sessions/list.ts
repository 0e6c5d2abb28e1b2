import { after, minutes } from '#platform/time/duration.ts'
import type { Context } from '#features/actor.ts'

export interface OpenSession {
  id: string
  browser: string
  ip: string
  startedAt: Date
  lastUsedAt: Date
  isThisOne: boolean
}

/** Where the actor is signed in, this browser first. */
export async function listOwnSessions({ tx, now, actor }: Context): Promise<OpenSession[]> {
  const rows = await tx
    .selectFrom('session')
    .where('customer_id', '=', actor.customer.id)
    .where('user_id', '=', actor.userId)
    .where('ended_at', 'is', null)
    .where('seen_by', 'is', null)
    .where('ends_at', '>', now)
    .where('last_used_at', '>', after(now, -actor.idleMinutes * minutes))
    .select(['id', 'browser', 'ip', 'created_at as startedAt', 'last_used_at as lastUsedAt'])
    .orderBy('last_used_at', 'desc')
    .execute()
  const sessions = rows.map((row) => ({ ...row, isThisOne: row.id === actor.sessionId }))
  return sessions.toSorted((one, other) => Number(other.isThisOne) - Number(one.isThisOne))
}
