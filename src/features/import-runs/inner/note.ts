import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import type { RunResult } from '../run.ts'
import { boundedChanges, boundedUnnamed } from './bounded.ts'

/** Writes down what came of a file; what was applied needs its bytes no more. */
export async function noteResult(
  tx: Transaction,
  id: string,
  { result, state, now }: { result: RunResult; state: 'tried' | 'applied'; now: Date },
): Promise<void> {
  const { counts, changes, unnamed, contracts, ends } = result
  await sql`
    update import_run set state = ${state}, counts = ${JSON.stringify(counts)}::jsonb, changes = ${JSON.stringify(boundedChanges(changes))}::jsonb,
      unnamed = ${JSON.stringify(boundedUnnamed(unnamed))}::jsonb, contracts = ${contracts}, ends = ${ends}, finished_at = ${now}
    where id = ${id}`.execute(tx)
  if (state === 'applied') await eraseBytes(tx, id)
}

/** Nothing of it was kept. */
export async function noteFailed(
  tx: Transaction,
  id: string,
  { faults, now }: { faults: readonly string[]; now: Date },
): Promise<void> {
  await sql`
    update import_run set state = 'failed', faults = ${JSON.stringify(faults)}::jsonb, finished_at = ${now} where id = ${id}`.execute(
    tx,
  )
  await eraseBytes(tx, id)
}

async function eraseBytes(tx: Transaction, id: string): Promise<void> {
  await sql`delete from import_part where run_id = ${id}`.execute(tx)
}
