import { sql } from 'kysely'
import type { Database, Transaction } from '#platform/database/database.ts'

/** As many as door.seal_change_history takes at once. */
const mostAtOnce = 10_000

/** Seals what has been committed since the last time; see decision 25. */
export async function sealChanges(database: Database): Promise<void> {
  for (let sealed = mostAtOnce; sealed === mostAtOnce;)
    sealed = await database.transaction(async (tx) => {
      const { rows } = await sql<{ sealed: number }>`select door.seal_change_history() as sealed`.execute(tx)
      return rows[0]?.sealed ?? 0
    })
}

/** Removes the beginning of each chain that the operator need not keep any longer. */
export async function pruneChanges(tx: Transaction, now: Date): Promise<void> {
  await sql`select door.prune_change_history(${now})`.execute(tx)
}
