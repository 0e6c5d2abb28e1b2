import { sql } from 'kysely'
import { keepReview } from '#features/access-reviews/keep.ts'
import type { Transaction } from '#platform/database/database.ts'
import { after, days } from '#platform/time/duration.ts'

/** How long the demo's users have been there, as the sample history of their logins has it. */
const usersThereFor = 90 * days

interface Reviewer {
  id: string
  name: string
  customer_id: string
  as_of: Date
}

/**
 * Lets the demo's users, groups and rights have been there for as long as the history of their logins, and closes a review of the
 * last month's end, now, as its note says.
 */
export async function addSampleReview(tx: Transaction, now: Date): Promise<void> {
  await sql`select door.date_records_back(${after(now, -usersThereFor)})`.execute(tx)
  const { rows } = await sql<Reviewer>`
    select u.id, u.name, u.customer_id, date_trunc('month', ${now} at time zone c.time_zone) at time zone c.time_zone as as_of
    from portal_user u join customer c on c.id = u.customer_id
    where u.state = 'active' and u.role = 'portal-administrator'`.execute(tx)
  for (const { id: userId, name, customer_id: id, as_of: at } of rows)
    await keepReview({ tx, now, actor: { customer: { id }, userId, name } }, { at, note: '見本の棚卸しです。' })
}
