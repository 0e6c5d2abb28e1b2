import { DatabaseUnavailable, unavailable } from '#platform/database/faults.ts'

/** Whether the database says so: then it may say otherwise later. */
export function isOfDatabase(problem: unknown): boolean {
  return isRefusal(problem) || /^[0-9A-Z]{5}$/.test(codeOf(problem))
}

/** Whether the database can do no work for now, whoever asks it: also while it only reads (25006), or has trouble with its files (58). */
export function isRefusal(problem: unknown): boolean {
  return (
    problem instanceof DatabaseUnavailable || unavailable(problem) !== undefined || /^(25006|58)/.test(codeOf(problem))
  )
}

function codeOf(problem: unknown): string {
  return problem instanceof Error && 'code' in problem ? String(problem.code) : ''
}
