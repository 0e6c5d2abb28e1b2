import { recordAccess } from '#features/access-history/record.ts'
import { houseId } from '#features/house.ts'
import type { Visitor } from '#platform/context.ts'
import { forgetAllFailures } from './inner/guard.ts'
import { loginHash } from './login-id.ts'

/** After a password was set anew by mail: no browser is known any longer, and failures with the old one count no more. */
export async function forgetPast(
  visitor: Visitor,
  { customerId, userId, userName, loginId }: { customerId: string; userId: string; userName: string; loginId: string },
): Promise<void> {
  const { tx, secrets } = visitor
  const wasLocked = await forgetAllFailures(visitor, {
    loginHash: loginHash(secrets, loginId, { ofStaff: customerId === houseId }),
  })
  await tx.deleteFrom('known_browser').where('customer_id', '=', customerId).where('user_id', '=', userId).execute()
  if (wasLocked) await recordAccess(visitor, { customerId, userId, userName, event: 'unlocked' })
}
