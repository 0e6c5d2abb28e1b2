import type { Transaction } from '#platform/database/database.ts'
import { after, days } from '#platform/time/duration.ts'

/** How long somebody can look up what became of a file. */
const keptFor = 7 * days

/** After that, what the worker could not do in all its tries is done no longer. */
const triedFor = 1 * days

/** Erases what can be done no longer, and later that there was something. With the operator's role. */
export async function forgetImports(tx: Transaction, now: Date): Promise<void> {
  await tx.deleteFrom('file_import').where('state', '=', 'tried').where('expires_at', '<=', now).execute()
  await tx
    .updateTable('file_import')
    .set({ state: 'refused', plan: null, finished_at: now })
    .where('state', 'in', ['queued', 'running'])
    .where('expires_at', '<=', after(now, -triedFor))
    .execute()
  await tx
    .deleteFrom('file_import')
    .where('state', 'in', ['applied', 'refused'])
    .where('expires_at', '<=', after(now, -keptFor))
    .execute()
}
