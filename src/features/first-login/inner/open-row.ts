import type { UpdateQueryBuilder, UpdateResult } from 'kysely'
import type { DB } from '#database/tables.ts'
import type { Visitor } from '#platform/context.ts'
import type { FirstLogin } from '../find.ts'

type RowUpdate = UpdateQueryBuilder<DB, 'first_login', 'first_login', UpdateResult>

/** Changes the row of a URL while it is good. */
export function openRow({ tx, now }: Visitor, { id, customerId }: FirstLogin): RowUpdate {
  return tx
    .updateTable('first_login')
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
}

/** The same, only for the browser that has shown the identity last. */
export function ownRow(visitor: Visitor, firstLogin: FirstLogin): RowUpdate {
  return openRow(visitor, firstLogin).where('browser_hash', '=', firstLogin.cookieHash)
}

/** Voids a URL that was tried too often, and forgets what was chosen on the way. */
export async function voidRow(visitor: Visitor, firstLogin: FirstLogin): Promise<void> {
  await openRow(visitor, firstLogin).set({ ended_at: visitor.now, password_hash: null, totp_secret: null }).execute()
}
