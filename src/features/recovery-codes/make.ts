import type { Transaction } from '#platform/database/database.ts'
import { newRecoveryCode, recoveryCodeHash } from './code.ts'

export const howManyCodes = 10

/** Makes a user's recovery codes and voids all older ones. Their hashes alone are kept. */
export async function makeRecoveryCodes(
  tx: Transaction,
  { customerId, userId }: { customerId: string; userId: string },
): Promise<string[]> {
  // Two that make them at once would each remove what was there before, and both sets would stay.
  await tx
    .selectFrom('portal_user')
    .where('customer_id', '=', customerId)
    .where('id', '=', userId)
    .select('id')
    .forUpdate()
    .executeTakeFirstOrThrow()
  await tx.deleteFrom('recovery_code').where('customer_id', '=', customerId).where('user_id', '=', userId).execute()
  const codes = Array.from({ length: howManyCodes }, newRecoveryCode)
  const rows = codes.map((code) => ({
    customer_id: customerId,
    user_id: userId,
    code_hash: recoveryCodeHash(userId, code),
  }))
  await tx.insertInto('recovery_code').values(rows).execute()
  return codes
}
