import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'

/** Lets one user of the demo leave soon. */
export async function addSamplePeriod(tx: Transaction, now: Date): Promise<void> {
  await sql`
    update portal_user u set ends_on = (${now}::timestamptz at time zone c.time_zone)::date + 25
    from customer c where c.id = u.customer_id and u.mail = 'ito@example.co.jp'`.execute(tx)
}
