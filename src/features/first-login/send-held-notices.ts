import { sql } from 'kysely'
import type { Database } from '#platform/database/database.ts'
import type { Sending } from './inner/issue-url.ts'
import { sendOpeningNotice } from './send-opening-notice.ts'

/** Notices of one transaction. */
const mostAtOnce = 50

/**
 * Sends the opening notice to all who await registration and were never sent one, of all customers or of the one with this code;
 * answers how many. In parts: broken off, it goes on where it was. With the operator's role.
 */
export async function sendHeldNotices(
  database: Database,
  sending: Omit<Sending, 'tx'>,
  customer?: string,
): Promise<number> {
  let all = 0
  for (let sent = mostAtOnce; sent === mostAtOnce; all += sent)
    sent = await database.transaction(async (tx) => {
      const { rows } = await sql<{ customerId: string; userId: string }>`
        select u.customer_id as "customerId", u.id as "userId" from portal_user u join customer c on c.id = u.customer_id
        where u.state = 'awaiting-registration' and not u.notice_held and (${customer ?? null}::text is null or c.code = ${customer ?? null})
          and not exists (select from mail m where m.customer_id = u.customer_id and m.user_id = u.id and m.kind = 'opening-notice')
        order by u.created_at, u.id limit ${sql.lit(mostAtOnce)}`.execute(tx)
      for (const whom of rows) await sendOpeningNotice({ ...sending, tx }, whom)
      return rows.length
    })
  return all
}
