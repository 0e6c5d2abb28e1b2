import type { Transaction } from '#platform/database/database.ts'

/**
 * Hashes, in hexadecimal, of the login IDs that are locked for some browser: whose they are, only who has the key can tell
 * (`loginHash`). With the operator's role.
 */
export async function findLockedLogins(tx: Transaction, now: Date): Promise<ReadonlySet<string>> {
  const rows = await tx.selectFrom('sign_in_guard').select('login_hash').where('locked_until', '>', now).execute()
  return new Set(rows.map(({ login_hash }) => login_hash.toString('hex')))
}
