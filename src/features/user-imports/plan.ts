import type { FileImport } from '#features/file-imports/find.ts'
import type { UserFields, UserState } from '#features/users/user.ts'
import type { AddedUser, ChangedUser, ManyProblem } from '#features/users/many.ts'

/** What a file may tell of a user. */
export interface ImportCells extends UserFields {
  /** Of a user who is there; empty: one to add. */
  id: string
  mail: string
  /** Names of groups; all that the user shall be in. */
  groups: readonly string[]
  /** Who is locked is an active one. */
  state: Exclude<UserState, 'locked'>
}

export type ImportField = keyof ImportCells

/** What a file cannot change. */
export const fixedFields = ['secondFactor', 'state'] as const satisfies readonly ImportField[]

/** Why a row cannot be done; `value`: what stands in the cell. */
export interface RowFault {
  /** As a spreadsheet counts: the heading is row 1. */
  row: number
  /** Absent: the row as a whole. */
  field?: ImportField
  problem: RowProblem
  value?: string
  /** In the words of whoever has brought the file. */
  text?: string
}

export type RowProblem =
  | 'malformed'
  | 'too-many-cells'
  | 'missing'
  | 'id-twice'
  | 'unknown-user'
  | 'mail-twice'
  | 'unknown-group'
  | 'fixed'
  | 'own-role'
  | 'own-period'
  | ManyProblem

/** A row as it was read, each cell judged by itself; what the file has no column for is absent. */
export interface ReadRow {
  row: number
  cells: Partial<ImportCells>
}

/** `update`: rows with an id change that user. `add-only`: they are left alone. */
export const importModes = ['update', 'add-only'] as const
export type ImportMode = (typeof importModes)[number]

export interface AddedRow extends AddedUser {
  kind: 'added'
}

export interface ChangedRow extends ChangedUser {
  kind: 'changed'
}

export interface UntouchedRow {
  row: number
  kind: 'unchanged' | 'left-alone'
  name: string
  mail: string
}

export type PlanRow = AddedRow | ChangedRow | UntouchedRow

/** What a file would do. */
export interface Plan {
  mode: ImportMode
  rows: readonly PlanRow[]
  faults: readonly RowFault[]
  /** Those that rows name; `version` changes with what a group gives. */
  groups: readonly { id: string; name: string; isAutomatic: boolean; version: number }[]
}

/** A file of users that the actor has brought. */
export type UserImport = FileImport<Plan, RowFault>

export function changesOf({ rows }: Plan): (AddedRow | ChangedRow)[] {
  return rows.filter((row): row is AddedRow | ChangedRow => row.kind === 'added' || row.kind === 'changed')
}
