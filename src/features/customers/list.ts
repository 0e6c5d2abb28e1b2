import type { Transaction } from '#platform/database/database.ts'

/** All customers, or the one with this code; empty when nobody has it, and never the house. With the operator's role. */
export async function listCustomers(
  tx: Transaction,
  code?: string,
): Promise<{ id: string; code: string; name: string }[]> {
  const all = tx.selectFrom('customer').select(['id', 'code', 'name']).where('is_house', '=', false).orderBy('code')
  return (code === undefined ? all : all.where('code', '=', code)).execute()
}
