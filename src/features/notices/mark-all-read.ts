import { sql } from 'kysely'
import type { Context } from '#features/sessions/actor.ts'
import { isShown, isUnread } from './unread.ts'

export async function markAllRead({ tx, actor, now }: Context): Promise<void> {
  await sql`
    insert into notice_read (customer_id, user_id, notice_id)
    select ${actor.customer.id}::uuid, ${actor.userId}::uuid, n.id from notice n where ${isShown(actor, now)} and ${isUnread(actor, now)}
    on conflict do nothing`.execute(tx)
}
