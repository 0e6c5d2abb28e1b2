import { basename } from 'node:path'
import { sql } from 'kysely'
import type { ImportSummary } from '#features/operator-data/import.ts'
import type { Transaction } from '#platform/database/database.ts'
import { boundedChanges, boundedUnnamed } from './inner/bounded.ts'

/** Notes what the command line has made of a file, to stand in the list of imports. With the operator's role. */
export async function noteCommandRun(
  tx: Transaction,
  now: Date,
  { summary: { path, file, counts, changes, unnamed }, isTrial }: { summary: ImportSummary; isTrial: boolean },
): Promise<void> {
  await sql`
    insert into import_run (at, name, sha256, size, state, counts, changes, unnamed, finished_at)
    values (${now}, ${nameOf(path)}, ${file.sha256}, ${file.size}, ${isTrial ? 'tried' : 'applied'}, ${JSON.stringify(counts)}::jsonb,
      ${JSON.stringify(boundedChanges(changes))}::jsonb, ${JSON.stringify(boundedUnnamed(unnamed))}::jsonb, ${now})`.execute(
    tx,
  )
}

/** The same of files of which nothing was kept. */
export async function noteCommandFaults(
  tx: Transaction,
  now: Date,
  { paths, faults }: Record<'paths' | 'faults', readonly string[]>,
): Promise<void> {
  await sql`
    insert into import_run (at, name, state, faults, finished_at)
    values (${now}, ${nameOf(paths.map((path) => basename(path)).join(', '))}, 'failed', ${JSON.stringify(faults)}::jsonb, ${now})`.execute(
    tx,
  )
}

const nameOf = (path: string): string => basename(path).slice(0, 255) || path.slice(0, 255)
