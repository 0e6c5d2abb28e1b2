import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'

/** Opens the fence of a transaction for one customer, where no session does; empty: closes it. */
export async function fenceOf(tx: Transaction, customerId: string): Promise<void> {
  await sql`select set_config('app.customer', ${customerId}, true)`.execute(tx)
}
