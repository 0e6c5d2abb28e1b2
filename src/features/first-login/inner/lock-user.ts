import type { Visitor } from '#platform/context.ts'
import type { FirstLogin } from '../find.ts'

/** Before the row of the first login, as whoever issues a new URL does: in the other order two would wait for each other. */
export async function lockUserOf({ tx }: Visitor, { customerId, userId }: FirstLogin): Promise<void> {
  await tx
    .selectFrom('portal_user')
    .where('customer_id', '=', customerId)
    .where('id', '=', userId)
    .select('id')
    .forNoKeyUpdate()
    .execute()
}
