import type pg from 'pg'
import { startProblem } from '#platform/start-problem.ts'

/** The oldest major version of PostgreSQL that the migrations are written for. */
export const oldestServer = 17

/** Throws a StartProblem when the server is older. */
export async function expectSupportedServer(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`)
  const version = rows[0]?.version ?? ''
  if (Number.parseInt(version, 10) >= oldestServer) return
  throw startProblem('database-failed', `PostgreSQL ${oldestServer} or newer is needed; this is ${version}.`)
}
