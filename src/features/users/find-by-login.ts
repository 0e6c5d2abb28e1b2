import type { Transaction } from '#platform/database/database.ts'

/** The user of a folded login ID; undefined when nobody has it. With the operator's role. */
export async function findUserByLogin(
  tx: Transaction,
  loginId: string,
): Promise<{ customerId: string; userId: string } | undefined> {
  return tx
    .selectFrom('portal_user')
    .select(['customer_id as customerId', 'id as userId'])
    .where('login_id', '=', loginId)
    .where('state', '<>', 'deleted')
    .executeTakeFirst()
}
