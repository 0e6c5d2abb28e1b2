import { keepTried } from '#features/file-imports/keep.ts'
import type { LineContext } from '#features/lines/open.ts'
import { type Bringing, planFile } from './inner/plan-file.ts'
import { changesOf, type LineImportPlan } from './plan.ts'

/** Works out what a file of settings would do, and keeps that for its author; answers its id. Nothing is changed. */
export async function tryLineImport(ctx: LineContext, { kind, mode, file }: Omit<Bringing, 'ids'>): Promise<string> {
  const plan: LineImportPlan = { ...(await planFile(ctx, { kind, mode, file })), mode, file }
  return keepTried(ctx, { kind, contractId: ctx.contract.id, plan, rows: changesOf(plan).length })
}
