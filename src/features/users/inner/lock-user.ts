import type { Selectable } from 'kysely'
import type { DB } from '#database/tables.ts'
import type { Visitor } from '#platform/context.ts'

/** Holds a user until the commit, before anything else of the same user is changed; undefined: there is none any longer. */
export async function lockUser(
  { tx }: Pick<Visitor, 'tx'>,
  { customerId, userId }: { customerId: string; userId: string },
): Promise<Pick<Selectable<DB['portal_user']>, 'state' | 'credential_epoch'> | undefined> {
  return tx
    .selectFrom('portal_user')
    .where('customer_id', '=', customerId)
    .where('id', '=', userId)
    .where('state', '<>', 'deleted')
    .select(['state', 'credential_epoch'])
    .forNoKeyUpdate()
    .executeTakeFirst()
}
