import type { Selectable } from 'kysely'
import type { DB } from '#database/tables.ts'
import type { Visitor } from '#platform/context.ts'
import type { FirstLogin } from '../find.ts'

type Chosen = Pick<Selectable<DB['first_login']>, 'password_hash' | 'totp_secret' | 'credential_epoch'>

/** What this browser has chosen on its way. A request that comes at the same time waits here, and then finds nothing. */
export async function lockChosen(
  { tx, now }: Visitor,
  { id, customerId, cookieHash }: FirstLogin,
): Promise<Chosen | undefined> {
  return tx
    .selectFrom('first_login')
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .where('browser_hash', '=', cookieHash)
    .where('finished_at', 'is', null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .where('password_hash', 'is not', null)
    .select(['password_hash', 'totp_secret', 'credential_epoch'])
    .forUpdate()
    .executeTakeFirst()
}
