import { findFileImport } from '#features/file-imports/find.ts'
import type { LineContext } from '#features/lines/open.ts'
import type { LineImport, LineImportPlan, RowFault } from './plan.ts'

/** Undefined: the actor has brought no such file of settings of this line. */
export async function findLineImport(ctx: LineContext, id: string): Promise<LineImport | undefined> {
  const found = await findFileImport<LineImportPlan, RowFault>(ctx, { id, contractId: ctx.contract.id })
  // Of a line there are none of users: a condition of the table.
  return found as LineImport | undefined
}
