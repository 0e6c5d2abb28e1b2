import { noteEnd, noteProgress, readWork, takeUp } from '#features/file-imports/work.ts'
import { openLineFor } from '#features/lines/open-for.ts'
import { findSiteState, underWay } from '#features/site-state/find.ts'
import { type Database, type Transaction, withSavepoint } from '#platform/database/database.ts'
import { type Outcome, refuse } from '#platform/outcome.ts'
import type { Secrets } from '#platform/security/secrets.ts'
import { applyFile } from './inner/apply-file.ts'
import type { LineImportKind, LineImportPlan, RowFault } from './plan.ts'

/** What the worker does it with. */
export interface Running {
  database: Database
  secrets: Secrets
  now: () => Date
}

/**
 * Does what a file of settings was confirmed for, all of it or nothing, in the name of its author, who must still have the right.
 * May be called again after whatever has broken it off. Answers until when it waits: while nobody may change settings, neither does
 * the worker.
 */
export async function runLineImport(running: Running, id: string): Promise<Date | undefined> {
  const { database, now } = running
  const maintenance = underWay(await database.transaction((tx) => findSiteState(tx, 'settings')), now())
  if (maintenance) return maintenance.until
  if (await takeUp(database, id)) await database.transaction((tx) => apply(running, tx, id))
  return undefined
}

async function apply({ database, secrets, now: clock }: Running, tx: Transaction, id: string): Promise<void> {
  const now = clock()
  const { plan, kind, contractId, ...author } = await readWork({ tx, secrets }, id)
  const opened = contractId === null ? undefined : await openLineFor({ tx, now }, { ...author, contractId })
  const outcome: Outcome<{ changeId: number | undefined }, RowFault['problem']> = opened?.ok
    ? await withSavepoint(
        tx,
        () =>
          // Sealed by tryLineImport.
          applyFile(opened.value, { kind: kind as LineImportKind, plan: plan as LineImportPlan }, (rows) =>
            noteProgress(database, id, rows),
          ),
        (ended) => !ended.ok,
      )
    : refuse('may-not-edit')
  await noteEnd(
    { tx, now },
    id,
    outcome.ok
      ? { state: 'applied', faults: [], changeId: outcome.value.changeId }
      : { state: 'refused', faults: [{ row: 0, problem: outcome.problem } satisfies RowFault] },
  )
}
