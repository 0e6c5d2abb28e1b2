import { sql } from 'kysely'
import pg from 'pg'
import type { Database } from '#platform/database/database.ts'
import { startProblem } from '#platform/start-problem.ts'
import { explainRefusal, isStarting } from './refused-connection.ts'

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

interface Login {
  setting: string
  login: pg.ClientConfig
  role: 'portal_owner' | 'portal_app' | 'portal_staff'
}

/** Proves that an address leads to a database, and as whom. Throws a StartProblem whose one line names the setting. */
export async function proveLogin({ setting, login, role }: Login): Promise<void> {
  const user = await userOf(login).catch((error: unknown) => {
    if (isStarting(error)) throw error
    return explainRefusal(error, setting)
  })
  if (user === role) return
  // The policies of the migrations name these roles.
  throw startProblem('configuration', `${setting}: its user is ${user}, and has to be ${role}.`)
}

async function userOf(login: pg.ClientConfig): Promise<string> {
  // What goes wrong after the answer is of no account.
  const client = new pg.Client(login).on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ user: string }>('select session_user as "user"')
    return rows[0]?.user ?? ''
  } finally {
    await client.end()
  }
}
