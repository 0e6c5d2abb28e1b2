import { type AccessBy, recordAccess } from '#features/access-history/record.ts'
import type { Context } from '#features/actor.ts'
import { houseId } from '#features/house.ts'
import type { Visitor } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { refillCodeBudget, takeFromCodeBudget } from './inner/code-budget.ts'
import { forgetAllFailures } from './inner/guard.ts'
import type { KnownUser } from './known-user.ts'
import { loginHash } from './login-id.ts'

/** A visitor, or the operator at the command line. */
export type Unlocking = AccessBy & Pick<Visitor, 'secrets'>

type Whom = Pick<KnownUser, 'customerId' | 'userId'>

/**
 * Lets a user log in again at once: forgets the failures of the login ID from every browser, and gives back the hour's codes.
 * Answers whether either had kept the user out; only then the access history notes it. Throws when there is no such user.
 */
export async function unlockUser(by: Unlocking, whom: Whom): Promise<boolean> {
  const account = await findAccount(by, whom)
  // Locks in the order of the second step, so that the two wait for each other instead of deadlocking.
  const wasLocked = await forgetAllFailures(by, account)
  return giveCodesBack(by, account, { wasLocked })
}

/** Does the same for an administrator, a few times a day: without a bound, unlocking would allow any number of guesses. */
export async function unlockByAdministrator(ctx: Context, whom: Whom): Promise<Outcome<void, 'unlocked-too-often'>> {
  const account = await findAccount(ctx, whom)
  const wasLocked = await forgetAllFailures(ctx, account)
  if (!(await takeFromCodeBudget(ctx, account, 'unlocked'))) return refuse('unlocked-too-often')
  await giveCodesBack(ctx, account, { wasLocked })
  return done()
}

interface Account extends Whom {
  userName: string
  loginHash: Buffer
}

async function findAccount({ tx, secrets }: Unlocking, { customerId, userId }: Whom): Promise<Account> {
  const { login_id: loginId, name: userName } = await tx
    .selectFrom('portal_user')
    .select(['login_id', 'name'])
    .where('customer_id', '=', customerId)
    .where('id', '=', userId)
    .where('state', '<>', 'deleted')
    .executeTakeFirstOrThrow()
  return { customerId, userId, userName, loginHash: loginHash(secrets, loginId, { ofStaff: customerId === houseId }) }
}

async function giveCodesBack(
  by: Unlocking,
  { customerId, userId, userName }: Account,
  { wasLocked }: { wasLocked: boolean },
): Promise<boolean> {
  const wasUsedUp = await refillCodeBudget(by, { customerId, userId })
  const wasKeptOut = wasLocked || wasUsedUp
  if (wasKeptOut) await recordAccess(by, { customerId, userId, userName, event: 'unlocked' })
  return wasKeptOut
}
