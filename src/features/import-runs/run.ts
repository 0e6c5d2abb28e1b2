import type { Changes, ImportSummary, Unnamed } from '#features/operator-data/import.ts'

/** How far a file has come: `waiting` to be tried, `tried`, `queued` to be applied, `applied` or `failed`. */
export const runStates = ['waiting', 'tried', 'queued', 'applied', 'failed'] as const
export type RunState = (typeof runStates)[number]

/** What came of a file, as it is kept: of what is long, the first. */
export interface RunResult {
  counts: ImportSummary['counts']
  changes: Changes[]
  unnamed: Unnamed[]
  /** Contracts that had not ended before, and those of them that the file ends. */
  contracts: number
  ends: number
}

/** Larger files are for the command line. */
export const mostFileBytes = 10 * 1024 * 1024

/** More than this part of the contracts is ended by no file unless somebody says so: it is the slip that a file is a part of what it should be. */
const usuallyEnded = 0.02

export function endsMany({ contracts, ends }: { contracts: number | null; ends: number | null }): boolean {
  return (ends ?? 0) > (contracts ?? 0) * usuallyEnded
}
