import { sql } from 'kysely'
import { isInPeriod } from '#features/periods-of-use/period.ts'
import { endSessionsOver } from '#features/sessions/end-over.ts'
import type { Transaction } from '#platform/database/database.ts'

interface Changing {
  tx: Transaction
  now: Date
  actor: { customer: { id: string } }
}

/**
 * Ends what users outside of their period have left open: logins, and the trust in their browsers. Called before a period changes
 * and after: a session of a period that is over does not come back when another one begins.
 */
export async function shutOut({ tx, now, actor }: Changing, userIds: readonly string[]): Promise<void> {
  const customerId = actor.customer.id
  await endSessionsOver(tx, now, { customerId, userIds })
  await sql`
    delete from trusted_browser t using portal_user u join customer c on c.id = u.customer_id
    where t.customer_id = ${customerId} and t.user_id = any(${userIds}::uuid[]) and u.customer_id = t.customer_id and u.id = t.user_id
      and not ${isInPeriod(now)}`.execute(tx)
}
