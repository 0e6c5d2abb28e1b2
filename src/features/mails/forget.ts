import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { after, days } from '#platform/time/duration.ts'

/** How long the text of a mail that was given up can be sent again. */
const keptFor = 14 * days

/** Erases what mails said that did not arrive, once nobody sends them again. With the operator's role. */
export async function forgetMailTexts(tx: Transaction, now: Date): Promise<void> {
  await sql`
    update mail set sealed = null, can_be_resent = false
    where can_be_resent and state in ('refused', 'expired') and created_at < ${after(now, -keptFor)}
      and (resent_at is null or resent_at < ${after(now, -keptFor)})`.execute(tx)
}
