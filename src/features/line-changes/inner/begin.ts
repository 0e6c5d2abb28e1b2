import { sql } from 'kysely'
import type { Line, LineWriter } from '#features/lines/open.ts'
import { inOrder } from '#platform/database/database.ts'
import { only } from '#platform/database/json-row.ts'
import { type Refusal, refuse } from '#platform/outcome.ts'
import type { LineAction, Origin } from '../actions.ts'

/** What somebody does to the settings of a line in one step. */
export interface LineChange {
  action: LineAction
  /** What it is about, as people call it now: `6000 代表グループ`. Of several things none. */
  subject?: string
  /** The change that it takes back. */
  undoes?: number
  /** How it comes about; unless told, by a page, or by taking back another. */
  origin?: Origin
}

declare const underWay: unique symbol

/** Of a context, that of a change under way. */
export type Changing<Ctx> = Ctx & { readonly [underWay]: true }

/** Begins a change, and holds its line until the commit. */
export async function begin<Ctx extends LineWriter>(
  ctx: Ctx,
): Promise<{ ok: true; value: { id: number; changing: Changing<Ctx> } } | Refusal<'may-not-edit'>> {
  const { tx, actor, contract } = ctx
  if (!contract.mayEdit) return refuse('may-not-edit')
  // Drawn by whoever holds the line, so that the numbers of its changes are in the order of their commits.
  const [counted, drawn] = await inOrder(
    tx,
    () =>
      sql<Pick<Line, 'extensions' | 'callGroups'>>`
      select extensions, call_groups as "callGroups" from pbx.line
      where customer_id = ${actor.customer.id} and contract_id = ${contract.id} for no key update`.execute(tx),
    () => sql<{ id: string }>`select set_config('pbx.change', nextval('pbx.change_id')::text, true) as id`.execute(tx),
  )
  const [line] = counted.rows
  // It has gone to another customer since it was opened.
  if (!line) return refuse('may-not-edit')
  const id = Number(only(drawn.rows).id)
  const held = { ...ctx, line: { ...ctx.line, ...line } }
  // Here alone a change begins.
  return { ok: true, value: { id, changing: held as Changing<Ctx> } }
}
