import { sql } from 'kysely'
import { type NumberProblem, renumberInside } from '#features/inside-numbers/give.ts'
import { type Changed, changeLine, type ChangingLine } from '#features/line-changes/change.ts'
import type { LineContext } from '#features/lines/open.ts'
import { numbersSeen } from '#features/numbers/number.ts'
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
  const action = edit.number === extension.number ? 'extension-changed' : 'extension-renumbered'
  return changeLine(ctx, { action, subject: `${extension.number} ${extension.name}`.trim() }, (changing) =>
    putExtension(changing, extension, edit),
  )
}

/** Does it, inside a change or to try it. */
export async function putExtension(
  changing: ChangingLine,
  extension: Extension,
  edit: ExtensionEdit,
): Promise<Outcome<void, EditProblem>> {
  const { tx, actor, contract } = changing
  if (edit.callerNumber !== null) {
    const offered = await findCallerNumbers(changing, extension.callerNumber)
    if (!offered.some(({ number }) => number === edit.callerNumber)) return refuse('unknown-caller-number')
  }
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
  if (edit.number === extension.number) return done()
  return renumberInside(changing, { from: extension.number, to: edit.number })
}

/** An external number that callers may be shown. */
export interface CallerNumber {
  number: string
  /** It gives way to the main number. */
  hasEnded: boolean
}

/** The numbers that callers may be shown: those in use, and the one that is set, even if it has ended since. */
export async function findCallerNumbers(ctx: LineContext, current: string | null): Promise<CallerNumber[]> {
  const { rows } = await sql<CallerNumber>`
    select r.number, r.state = 'ended' as "hasEnded" from (${numbersSeen(ctx)}) r
    where r.state <> 'ended' or r.number = ${current} order by r.number`.execute(ctx.tx)
  return rows
}
