import { findTargets } from '#features/inside-numbers/targets.ts'
import type { LineWriter } from '#features/lines/open.ts'
import type { CellsOf, ImportMode, LineImportKind, Planned, PlanRow, ReadFile } from '../plan.ts'
import { beginComparison, type Comparison, compareRows } from './comparison.ts'
import { findKnown } from './known.ts'
import { planExtension } from './plan-extensions.ts'
import { groupPlanner } from './plan-groups.ts'
import { numberPlanner } from './plan-numbers.ts'

/** A file and what is to be done with it. */
export interface Bringing {
  kind: LineImportKind
  mode: ImportMode
  file: ReadFile
  /** Of numbers that were given ids when the file was compared before. */
  ids?: ReadonlyMap<string, string>
}

/** Compares a file with the settings as they are: what each row would do, and why it cannot. */
export async function planFile(ctx: LineWriter, { kind, mode, file, ids }: Bringing): Promise<Planned> {
  const comparison = beginComparison(await findKnown(ctx), { mode, ids })
  const rows = await planners[kind](ctx, file, comparison)
  const byRow = (one: { row: number }, other: { row: number }): number => one.row - other.row
  return {
    rows,
    faults: comparison.faults.toSorted(byRow),
    remarks: [...file.remarks, ...comparison.remarks].toSorted(byRow),
  }
}

type Planner = (ctx: LineWriter, file: ReadFile, comparison: Comparison) => Promise<PlanRow[]>

const planners: Record<LineImportKind, Planner> = {
  extensions: async (_ctx, file, comparison) => compareRows(comparison, of(file, 'extensions'), planExtension),
  async numbers(ctx, given, comparison) {
    const file = of(given, 'numbers')
    const typed = file.rows.flatMap(({ cells }) => (cells.target?.trim() ? [cells.target.trim()] : []))
    return compareRows(comparison, file, numberPlanner(await findTargets(ctx, typed)))
  },
  async 'call-groups'(_ctx, given, comparison) {
    const file = of(given, 'call-groups')
    const coming = new Set(file.rows.flatMap(({ cells }) => cells.number ?? []))
    return compareRows(comparison, file, groupPlanner(coming))
  },
}

/** A file is kept with its kind, and read as what it is. */
function of<Kind extends LineImportKind>(file: ReadFile, _kind: Kind): ReadFile<Kind> {
  return file as ReadFile<Kind> & { rows: readonly { cells: Partial<CellsOf[Kind]> }[] }
}
