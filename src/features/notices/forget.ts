import type { Transaction } from '#platform/database/database.ts'
import { after } from '#platform/time/duration.ts'
import { countsAsNewFor } from './unread.ts'

/** Removes the marks of notices that no longer count as unread anyway. With the operator's role. */
export async function forgetReadNotices(tx: Transaction, now: Date): Promise<void> {
  await tx
    .deleteFrom('notice_read')
    .using('notice')
    .whereRef('notice.id', '=', 'notice_read.notice_id')
    .where('notice.published_at', '<=', after(now, -countsAsNewFor))
    .execute()
}
