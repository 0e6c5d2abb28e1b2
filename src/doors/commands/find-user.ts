import { findUserByLogin } from '#features/users/find-by-login.ts'
import type { Transaction } from '#platform/database/database.ts'
import { Failure } from './command.ts'

/** The user of a folded login ID. Throws a Failure when nobody has it. */
export async function findUser(tx: Transaction, loginId: string): Promise<{ customerId: string; userId: string }> {
  const user = await findUserByLogin(tx, loginId)
  if (!user) throw new Failure(`No user has the mail address ${loginId}.`)
  return user
}
