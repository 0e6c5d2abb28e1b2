import type { Context } from '#features/actor.ts'
import { findFileImport } from '#features/file-imports/find.ts'
import type { Plan, RowFault, UserImport } from './plan.ts'

/** Undefined: the actor has brought no such file. */
export function findImport(ctx: Context, id: string): Promise<UserImport | undefined> {
  return findFileImport<Plan, RowFault>(ctx, { id, contractId: null })
}
