import { type NumberProblem, renumberInside } from '#features/inside-numbers/give.ts'
import { type Changed, changeLine } from '#features/line-changes/change.ts'
import type { LineContext } from '#features/lines/open.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Extension } from './extension.ts'

export type ExtensionEdit = Omit<Extension, 'id'>

export type EditProblem = NumberProblem | 'changed-meanwhile' | 'unknown-caller-number' | 'may-not-edit'

/** Changes an extension. With another number everything that names it follows. */
export async function editExtension(
  ctx: LineContext,
  extension: Extension,
  edit: ExtensionEdit,
): Promise<Outcome<Changed<void>, EditProblem>> {
  const { tx, actor, contract } = ctx
  const isRenumbered = edit.number !== extension.number
  const action = isRenumbered ? 'extension-renumbered' : 'extension-changed'
  return changeLine(ctx, { action, subject: `${extension.number} ${extension.name}`.trim() }, async (changing) => {
    if (edit.callerNumber !== null && !(await isOwnNumber(ctx, edit.callerNumber)))
      return refuse('unknown-caller-number')
    const changed = await tx
      .updateTable('pbx.extension')
      .set({
        name: edit.name,
        kana: edit.kana,
        caller_number: edit.callerNumber,
        hides_caller: edit.hidesCaller,
        ring_seconds: edit.ringSeconds,
        is_enabled: edit.isEnabled,
        version: edit.version + 1,
      })
      .where('customer_id', '=', actor.customer.id)
      .where('contract_id', '=', contract.id)
      .where('number', '=', extension.number)
      .where('version', '=', edit.version)
      .returning('number')
      .executeTakeFirst()
    if (!changed) return refuse('changed-meanwhile')
    return isRenumbered ? renumberInside(changing, { from: extension.number, to: edit.number }) : done()
  })
}

async function isOwnNumber({ tx, actor, contract }: LineContext, number: string): Promise<boolean> {
  const found = await tx
    .selectFrom('pbx.external_number')
    .where('customer_id', '=', actor.customer.id)
    .where('contract_id', '=', contract.id)
    .where('number', '=', number)
    .select('number')
    .executeTakeFirst()
  return found !== undefined
}

/** The numbers that callers may be shown. */
export async function findCallerNumbers({ tx, actor, contract }: LineContext): Promise<string[]> {
  const found = await tx
    .selectFrom('pbx.external_number')
    .where('customer_id', '=', actor.customer.id)
    .where('contract_id', '=', contract.id)
    .select('number')
    .orderBy('number')
    .execute()
  return found.map(({ number }) => number)
}
