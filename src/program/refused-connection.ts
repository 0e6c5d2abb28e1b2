import { startProblem } from '#platform/start-problem.ts'

// Not reached, not let in (28), no such database (3D), no TLS that could be trusted (codes of Node and OpenSSL).
const refusals = /^(E[A-Z]+|ERR_(TLS|SSL)_.+|\w*CERT\w*|UNABLE_TO_\w+|08...|57P..|53300|28...|3D000)$/

/** What the driver says without a code, and what it means to whoever has set the address. */
const uncoded: readonly [RegExp, string][] = [
  [/client password must be/, 'the server asks for a password, and there is none in the address'],
  [/does not support SSL/, 'the server offers no TLS, and "sslmode" in the address asks for it'],
]

/** The server is somebody else's to start and to name rightly: one line says which setting is meant, and what it answers. */
export function explainRefusal(error: unknown, setting: string): never {
  const why = reasonOf(error)
  if (why === undefined) throw error
  throw startProblem('database-failed', `${setting}: the database cannot be opened: ${why}`)
}

/** Why a connection was refused, in words; undefined where it was something else that failed. */
export function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const told = uncoded.find(([said]) => said.test(error.message))?.[1]
  const code = codeOf(error)
  return told ?? (refusals.test(code) ? error.message || code : undefined)
}

/** While a server starts it takes no connections (57P03, cannot_connect_now). */
export function isStarting(error: unknown): boolean {
  return codeOf(error) === '57P03'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
