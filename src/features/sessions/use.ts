import { after, minutes } from '#platform/time/duration.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { Actor, Context } from '#features/actor.ts'
import { enterFence } from './fence.ts'

/** Notes that a session was used just now. In a transaction of its own, so that no page waits for it: enters its fence. */
export async function noteUse(tx: Transaction, actor: Actor, now: Date): Promise<void> {
  await enterFence(tx, actor.customer.id)
  await setUsed(tx, actor, now)
}

async function setUsed(tx: Transaction, { customer, sessionId }: Actor, now: Date): Promise<void> {
  await tx
    .updateTable('session')
    .set({ last_used_at: now })
    .where('customer_id', '=', customer.id)
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .where('last_used_at', '<', now)
    .execute()
}

/** Lets the session begin its idle time anew; answers when it will now end. */
export async function extendSession({ tx, now, actor }: Context): Promise<Date> {
  await setUsed(tx, actor, now)
  return earlier(after(now, actor.idleMinutes * minutes), actor.endsAt)
}

/** When the session ends if nothing more happens. */
export function endOf({ idleEndsAt, endsAt }: Actor): Date {
  return earlier(idleEndsAt, endsAt)
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other
}
