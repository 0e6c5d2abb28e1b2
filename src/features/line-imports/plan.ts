import type { GroupKind } from '#features/call-groups/values.ts'
import type { FileImport } from '#features/file-imports/find.ts'
import type { LineAction } from '#features/line-changes/actions.ts'
import type { Onward } from '#features/onward/onward.ts'
import type { ChangedRow } from '#features/line-changes/undo.ts'

/** What a file may tell of an extension. */
export interface ExtensionCells {
  number: string
  /** Everything that names the extension follows. */
  newNumber: string
  name: string
  kana: string
  /** Null: the line's main number. */
  callerNumber: string | null
  hidesCaller: boolean
  ringSeconds: number
  isEnabled: boolean
}

/** What a file may tell of an outside number. */
export interface NumberCells {
  number: string
  memo: string
  /** As it is typed; empty: bound to nothing. */
  target: string
}

/** What a file may tell of a call group. */
export interface GroupCells {
  number: string
  name: string
  kind: GroupKind
  ringSeconds: number
  afterwards: Onward
  /** In the order in which they ring. */
  members: readonly { number: string; isPaused: boolean }[]
}

/** What a file of each kind may tell. */
export interface CellsOf {
  extensions: ExtensionCells
  numbers: NumberCells
  'call-groups': GroupCells
}
export type LineImportKind = keyof CellsOf

export const importActions: Record<LineImportKind, LineAction> = {
  extensions: 'extensions-imported',
  numbers: 'numbers-imported',
  'call-groups': 'call-groups-imported',
}

/** A row as it was read, each cell judged by itself; what the file has no column for is absent. */
export interface ReadRow<Cells> {
  row: number
  cells: Partial<Cells>
  /** What the site's own file tells and none takes, by column: to say so where somebody has changed it. */
  told: Readonly<Record<string, string>>
}

/** `update`: what is there already is changed. `add-only`: it is left alone. */
export const importModes = ['update', 'add-only'] as const
export type ImportMode = (typeof importModes)[number]

export type RowProblem =
  | 'malformed'
  | 'too-many-cells'
  | 'missing'
  | 'number-twice'
  | 'number-taken'
  | 'out-of-range'
  | 'too-many'
  | 'unknown-number'
  | 'unknown-caller-number'
  | 'unknown-target'
  | 'disabled-target'
  | 'ended'
  | 'then-itself'
  | 'new-outside'
  | 'no-voicemail'
  | 'unknown-member'
  | 'member-twice'
  | 'too-many-members'
  | 'changed-since'
  | 'may-not-edit'

/** Why a row cannot be done; `value`: what stands in the cell. */
export interface RowFault {
  /** As a spreadsheet counts: the heading is row 1. 0: all of it. */
  row: number
  /** Absent: the row as a whole. */
  field?: string
  problem: RowProblem
  value?: string
  /** In the words of whoever has brought the file. */
  text?: string
}

/** What is worth knowing of a cell: a zero that a spreadsheet had taken away was put back, or nothing is changed by it. */
export interface RowRemark {
  row: number
  field: string
  kind: 'zero-restored' | 'not-read'
  value: string
}

/** What one row of a file would do. */
export interface PlanRow {
  row: number
  kind: 'added' | 'changed' | 'unchanged' | 'left-alone'
  /** As people call what the row is about. */
  name: string
  changes: readonly ChangedRow[]
}

/** A file as it was read. */
export interface ReadFile<Kind extends LineImportKind = LineImportKind> {
  rows: readonly ReadRow<CellsOf[Kind]>[]
  /** What is wrong with cells by themselves. */
  faults: readonly RowFault[]
  remarks: readonly RowRemark[]
}

/** What a file would do. */
export interface Planned {
  rows: readonly PlanRow[]
  faults: readonly RowFault[]
  remarks: readonly RowRemark[]
}

/** The same with the file itself, which is compared once more when it is done. */
export interface LineImportPlan extends Planned {
  mode: ImportMode
  file: ReadFile
}

/** A file of settings that the actor has brought. */
export type LineImport = Omit<FileImport<LineImportPlan, RowFault>, 'kind'> & { kind: LineImportKind }

export function changesOf({ rows }: Pick<Planned, 'rows'>): PlanRow[] {
  return rows.filter(({ kind }) => kind === 'added' || kind === 'changed')
}
