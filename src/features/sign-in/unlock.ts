import { type AccessBy, recordAccess } from '#features/access-history/record.ts'
import type { Visitor } from '#platform/context.ts'
import { refillCodeBudget } from './inner/code-budget.ts'
import { forgetAllFailures } from './inner/guard.ts'
import type { KnownUser } from './known-user.ts'
import { loginHash } from './login-id.ts'

/** A visitor, or the operator at the command line. */
export type Unlocking = AccessBy & Pick<Visitor, 'secrets'>

/**
 * Lets a user log in again at once: forgets the failures of the login ID from every browser, and gives back the hour's codes.
 * Answers whether either had kept the user out; only then the access history notes it. Throws when there is no such user.
 */
export async function unlockUser(
  by: Unlocking,
  { customerId, userId }: Pick<KnownUser, 'customerId' | 'userId'>,
): Promise<boolean> {
  const { login_id: loginId, name: userName } = await by.tx
    .selectFrom('portal_user')
    .select(['login_id', 'name'])
    .where('customer_id', '=', customerId)
    .where('id', '=', userId)
    .where('state', '<>', 'deleted')
    .executeTakeFirstOrThrow()
  // Locks in the order of the second step, so that the two wait for each other instead of deadlocking.
  const wasLocked = await forgetAllFailures(by, { loginHash: loginHash(by.secrets, loginId) })
  const wasUsedUp = await refillCodeBudget(by, { customerId, userId })
  const wasKeptOut = wasLocked || wasUsedUp
  if (wasKeptOut) await recordAccess(by, { customerId, userId, userName, event: 'unlocked' })
  return wasKeptOut
}
