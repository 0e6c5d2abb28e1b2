import { sql } from 'kysely'
import { queueImport } from '#features/file-imports/queue.ts'
import { noteEnd } from '#features/file-imports/work.ts'
import type { LineContext } from '#features/lines/open.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { applyFile } from './inner/apply-file.ts'
import type { LineImport } from './plan.ts'

/** So many rows are done while their author waits; more are done by the worker. */
const mostAtOnce = 500

/**
 * Has done what a file was tried for, once, and only when nothing is wrong with it: at once, or by the worker, which judges the
 * author's right and the settings anew. Answers the change that it has become; undefined: it is under way, or nothing was another.
 */
export async function confirmLineImport(
  ctx: LineContext,
  { id, kind, plan, rows }: LineImport,
): Promise<Outcome<number | undefined, 'faulty' | 'too-late' | 'changed-since' | 'may-not-edit'>> {
  if (!plan) return refuse('too-late')
  if (plan.faults.length > 0) return refuse('faulty')
  const queued = await queueImport(ctx, { id })
  if (!queued.ok) return queued
  if (rows > mostAtOnce) {
    await sql`select enqueue_line_import(${id})`.execute(ctx.tx)
    return done(undefined)
  }
  const applied = await applyFile(ctx, { kind, plan })
  if (!applied.ok) return applied
  const { changeId } = applied.value
  await noteEnd(ctx, id, { state: 'applied', faults: [], changeId })
  return done(changeId)
}
