import type { Visitor } from '#platform/context.ts'
import type { FirstLogin } from '../find.ts'

/** Locks the user before the row of the first login, as issuing a URL does: in the other order the two would deadlock. */
export async function lockUserOf({ tx }: Visitor, { customerId, userId }: FirstLogin): Promise<void> {
  await tx
    .selectFrom('portal_user')
    .where('customer_id', '=', customerId)
    .where('id', '=', userId)
    .select('id')
    .forNoKeyUpdate()
    .execute()
}
