export type StartProblemCode =
  | 'fence-broken'
  | 'port-taken'
  | 'configuration'
  | 'data-folder-held'
  | 'data-folder-closed'
  | 'database-failed'
  | 'no-embedded-database'

/** A start that cannot go on, and whose message alone tells the reader what to do: it is shown as one line, without a stack. */
export type StartProblem = Error & { readonly problem: StartProblemCode }

export function startProblem(problem: StartProblemCode, message: string): StartProblem {
  return Object.assign(new Error(message), { name: 'StartProblem', problem })
}

export function isStartProblem(error: unknown): error is StartProblem {
  return error instanceof Error && error.name === 'StartProblem'
}
