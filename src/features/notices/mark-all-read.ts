import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { isShown, isUnread } from './unread.ts'

/** Those that were there at the moment given, when the list was opened. */
export async function markAllRead({ tx, actor, now }: Context, listedAt: Date): Promise<void> {
  await sql`
    insert into notice_read (customer_id, user_id, notice_id)
    select ${actor.customer.id}::uuid, ${actor.userId}::uuid, n.id from notice n where ${isShown(actor, now)} and ${isUnread(actor, now)}
      and n.published_at <= ${listedAt}
    on conflict do nothing`.execute(tx)
}
