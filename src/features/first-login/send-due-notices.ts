import { sql } from 'kysely'
import { isInPeriod } from '#features/periods-of-use/period.ts'
import type { Sending } from './inner/issue-url.ts'
import { sendOpeningNotice } from './send-opening-notice.ts'

/** Of one run; what is left is done by the next, a minute later. */
const mostAtOnce = 200

/** Sends the opening notices that have waited for the period of their users to begin, of all customers. With the operator's role. */
export async function sendDueNotices(by: Sending): Promise<number> {
  const { rows } = await sql<{ customerId: string; userId: string }>`
    select u.customer_id as "customerId", u.id as "userId" from portal_user u join customer c on c.id = u.customer_id
    where u.notice_held and u.state = 'awaiting-registration' and ${isInPeriod(by.now)}
    order by u.begins_on, u.id limit ${sql.lit(mostAtOnce)} for no key update of u skip locked`.execute(by.tx)
  for (const whom of rows) await sendOpeningNotice(by, whom)
  return rows.length
}
