import { DatabaseUnavailable, unavailable } from '#platform/database/faults.ts'

/** Whether the database says so, or says nothing: then it may do otherwise later. */
export function isOfDatabase(problem: unknown): boolean {
  return isRefusal(problem) || /^[0-9A-Z]{5}$/.test(codeOf(problem)) || /read timeout/.test(String(problem))
}

// Read only (25006), stopped or starting (57), trouble with its files (58).
const refusals = /^(25006|57|58)/

/** Whether the database can do no work at all for now, whoever asks it. */
export function isRefusal(problem: unknown): boolean {
  return problem instanceof DatabaseUnavailable || unavailable(problem) !== undefined || refusals.test(codeOf(problem))
}

function codeOf(problem: unknown): string {
  return problem instanceof Error && 'code' in problem ? String(problem.code) : ''
}
