import type { Visitor } from '#platform/context.ts'
import { recoveryCodeHash } from './code.ts'

/** Uses up one of a user's codes; false when it is none of them, or was used before. */
export async function useRecoveryCode(
  { tx, now }: Visitor,
  { customerId, userId }: { customerId: string; userId: string },
  code: string,
): Promise<boolean> {
  const used = await tx
    .updateTable('recovery_code')
    .set({ used_at: now })
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .where('code_hash', '=', recoveryCodeHash(userId, code))
    .where('used_at', 'is', null)
    .returning('user_id')
    .executeTakeFirst()
  return used !== undefined
}
