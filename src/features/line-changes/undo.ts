import { sql } from 'kysely'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext, LineWriter } from '#features/lines/open.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { applyRows, type Difference, findDifferences } from './apply-rows.ts'
import { type Changed, changeLine } from './change.ts'
import { inverseOf, netRows } from './inner/net-rows.ts'
import type { ChangedRow, SettingsRow } from './inner/relations.ts'
import { readKept } from './inner/reserve.ts'
import { lineChangeRow, type LineChangeRow } from './list.ts'

export type { ChangedRow, SettingsRow }

/** A change with what it has come to, and whether it can be taken back. */
export interface WholeChange extends LineChangeRow {
  /** Each row once. */
  rows: ChangedRow[]
  undoable: 'yes' | 'undone-already' | 'by-operator' | 'changed-since'
  /** Where somebody has changed since what would be taken back. */
  differences: Difference[]
}

/** A change by its number. */
export async function findLineChange(ctx: LineContext, id: number): Promise<WholeChange | undefined> {
  const found = await readChange(ctx, id)
  if (!found) return undefined
  const differences =
    found.origin === 'operator' || found.undoneBy !== null ? [] : await findDifferences(ctx, inverseOf(found.rows))
  return { ...found, differences, undoable: undoableOf(found, differences) }
}

export type UndoProblem =
  | Exclude<WholeChange['undoable'], 'yes'>
  | 'still-used'
  | 'gone-since'
  | 'too-many'
  | 'unknown'
  | 'may-not-edit'

/** Takes a change back by a new one. Where a field has changed since, nothing is, for somebody's later save would be lost. */
export async function undoChange(ctx: LineContext, id: number): Promise<Outcome<Changed<void>, UndoProblem>> {
  const change = await readChange(ctx, id)
  if (!change) return refuse('unknown')
  const undoable = undoableOf(change, [])
  if (undoable !== 'yes') return refuse(undoable)
  return changeLine(ctx, { action: 'change-undone', subject: change.subject, undoes: id }, async (changing) => {
    // Its rows stay what they are; but whoever held the line before may have taken it back.
    if (await isUndone(changing, id)) return refuse('undone-already')
    const applied = await applyRows(changing, inverseOf(change.rows))
    return applied.ok ? done() : applied
  })
}

/** Whether a change was taken back already. */
export async function isUndone(ctx: Pick<LineWriter, 'tx' | 'actor' | 'contract'>, id: number): Promise<boolean> {
  const { rows } = await sql`select from pbx.change r where ${ofLine(ctx, 'r')} and r.undoes = ${id}`.execute(ctx.tx)
  return rows.length > 0
}

function undoableOf({ origin, undoneBy }: LineChangeRow, differences: readonly Difference[]): WholeChange['undoable'] {
  if (origin === 'operator') return 'by-operator'
  if (undoneBy !== null) return 'undone-already'
  return differences.length > 0 ? 'changed-since' : 'yes'
}

async function readChange(ctx: LineContext, id: number): Promise<(LineChangeRow & { rows: ChangedRow[] }) | undefined> {
  const [changes, kept] = await Promise.all([
    sql<Parameters<typeof lineChangeRow.read>[0]>`
      select ${lineChangeRow.columns} from pbx.change r where ${ofLine(ctx, 'r')} and r.id = ${id}`.execute(ctx.tx),
    readKept(ctx, id),
  ])
  const [change] = changes.rows
  return change && { ...lineChangeRow.read(change), rows: netRows(kept) }
}
