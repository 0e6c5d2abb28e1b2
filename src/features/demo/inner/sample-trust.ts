import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { after, days } from '#platform/time/duration.ts'

/** Lets the users of the demo's first customer skip the second step, as one of them does in one browser, which nobody has. */
export async function addSampleTrust(tx: Transaction, now: Date): Promise<void> {
  const seen = after(now, -2 * days)
  await sql`
    with somebody as (
      select u.customer_id, u.id, u.credential_epoch from portal_user u
      where u.state = 'active' and u.role = 'general-user' order by u.mail limit 1),
    allowed as (update customer set trusts_browsers = true where id = (select customer_id from somebody) returning id)
    insert into trusted_browser (customer_id, user_id, token_hash, credential_epoch, confirmed_at, last_used_at, browser, ip)
    select s.customer_id, s.id, ${randomBytes(32)}, s.credential_epoch, ${after(seen, -5 * days)}, ${seen}, 'Edge 153 (Windows)', '192.0.2.24'
    from somebody s join allowed a on a.id = s.customer_id`.execute(tx)
}
