import { sql } from 'kysely'
import type { Database } from '#platform/database/database.ts'
import { startProblem } from '#platform/start-problem.ts'

/**
 * Proves that a database opened for the operator works as that role, which a connection asks for when it starts. Throws a
 * StartProblem: as the owner one sees nobody's rows, and would take every table for empty.
 */
export async function proveOperatorRole(operator: Database): Promise<void> {
  const { rows } = await operator.transaction((tx) => sql<{ role: string }>`select current_user as role`.execute(tx))
  const [{ role } = { role: '' }] = rows
  if (role === 'portal_operator') return
  throw startProblem(
    'database-failed',
    `The database works for us as ${role}, not as portal_operator: DATABASE_OWNER_URL, or a pooler behind it, overrides the start-up option "role". Nothing was done.`,
  )
}
