import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#features/actor.ts'

/** Selects how many codes are left to the user that a query calls `u`. */
export const recoveryCodesLeft: RawBuilder<number> = sql<number>`(select count(*) from recovery_code r
  where r.customer_id = u.customer_id and r.user_id = u.id and r.used_at is null)`

/** How many of the actor's codes are left. */
export async function countRecoveryCodes({ tx, actor }: Context): Promise<number> {
  const { left } = await tx
    .selectFrom('portal_user as u')
    .where('u.customer_id', '=', actor.customer.id)
    .where('u.id', '=', actor.userId)
    .select(recoveryCodesLeft.as('left'))
    .executeTakeFirstOrThrow()
  return left
}
