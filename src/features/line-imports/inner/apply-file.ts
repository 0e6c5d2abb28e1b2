import { isDeepStrictEqual } from 'node:util'
import { applyRows } from '#features/line-changes/apply-rows.ts'
import { type Changed, type Changing, changeLine } from '#features/line-changes/change.ts'
import type { LineWriter } from '#features/lines/open.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { changesOf, importActions, type LineImportKind, type LineImportPlan } from '../plan.ts'
import { planFile } from './plan-file.ts'

/** Called with how many rows are done. */
export type Progress = (rows: number) => Promise<void>

/**
 * Does what a file was tried for, as one change, all of it or nothing. The file is compared once more while the line is held: where
 * anything would be otherwise than it was shown, nothing is done.
 */
export async function applyFile(
  ctx: LineWriter,
  { kind, plan }: { kind: LineImportKind; plan: LineImportPlan },
  progress?: Progress,
): Promise<Outcome<Changed<void>, 'changed-since' | 'may-not-edit'>> {
  const applied = await changeLine(ctx, { action: importActions[kind], origin: 'csv' }, async (changing) => {
    const { mode, file } = plan
    const now = await planFile(changing, { kind, mode, file, ids: idsOf(plan) })
    if (now.faults.length > 0 || !isDeepStrictEqual(now.rows, plan.rows)) return refuse('changed-since')
    return applyInParts(changing, plan, progress)
  })
  if (applied.ok) return applied
  // What rows could not be put for was there a moment ago.
  return refuse(applied.problem === 'may-not-edit' ? 'may-not-edit' : 'changed-since')
}

/** Rows of a file that are put by one round of statements. */
const atOnce = 2000

async function applyInParts(
  changing: Changing<LineWriter>,
  plan: LineImportPlan,
  progress: Progress | undefined,
): Promise<ReturnType<typeof applyRows> extends Promise<infer Applied> ? Applied : never> {
  const changes = changesOf(plan)
  for (let start = 0; start < changes.length; start += atOnce) {
    const part = changes.slice(start, start + atOnce)
    const applied = await applyRows(
      changing,
      part.flatMap((row) => [...row.changes]),
    )
    if (!applied.ok) return applied
    await progress?.(part.length)
  }
  return done()
}

/** The ids that new numbers were given when the file was tried. */
function idsOf(plan: LineImportPlan): Map<string, string> {
  const added = changesOf(plan).flatMap(({ changes }) =>
    changes.flatMap(({ relation, before, after }) =>
      relation === 'inside_number' && !before && after ? [[String(after['number']), String(after['id'])] as const] : [],
    ),
  )
  return new Map(added)
}
