import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'

/** Plans for a user of the demo to join a group on the first of April that comes next. */
export async function addSamplePlan(tx: Transaction, now: Date): Promise<void> {
  await sql`
    insert into planned_membership (customer_id, user_group_id, user_id, joins, due_on, planned_by, planned_at)
    select u.customer_id, g.id, u.id, true, d.april, b.id, ${now}
    from portal_user u join portal_user b on b.customer_id = u.customer_id and b.mail = 'yamada@example.co.jp'
      join user_group g on g.customer_id = u.customer_id and g.name = 'ユーザーグループ2'
      cross join lateral (select (date_trunc('year', ${now}::timestamptz - interval '3 months') + interval '15 months')::date as april) d
    where u.mail = 'takahashi@example.co.jp'`.execute(tx)
}
