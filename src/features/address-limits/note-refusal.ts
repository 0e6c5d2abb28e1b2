import { sql } from 'kysely'
import { enterFence } from '#features/sessions/fence.ts'
import type { SessionOwner } from '#features/sessions/open.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { Client } from '#platform/context.ts'
import { after, minutes } from '#platform/time/duration.ts'

/** A session that is refused again and again stands in the history now and then. */
const noteEvery = 10 * minutes

interface RefusedSession {
  owner: SessionOwner
  sessionId: string
}

/** Notes that somebody was refused in an open session. In a transaction of its own: enters the fence of the session's customer. */
export async function noteRefusedSession(
  tx: Transaction,
  { owner: { customerId }, sessionId }: RefusedSession,
  { now, client }: { now: Date; client: Client },
): Promise<void> {
  await enterFence(tx, customerId)
  await sql`
    with refused as (
      update session set refused_at = ${now} where customer_id = ${customerId} and id = ${sessionId}
        and (refused_at is null or refused_at <= ${after(now, -noteEvery)}) returning user_id)
    insert into access_history (customer_id, at, user_id, user_name, event, reason, ip, browser)
    select ${customerId}, ${now}, u.id, u.name, 'failed', 'address-refused', ${client.ip}, ${client.browser}
    from refused r join portal_user u on u.customer_id = ${customerId} and u.id = r.user_id`.execute(tx)
}
