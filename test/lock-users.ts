import pg from 'pg'
import { findEmbeddedPostgres } from '#program/embedded-postgres.ts'
import { until } from './until.ts'

export interface LockedUsers {
  untilSomebodyWaits(): Promise<unknown>
  release(): Promise<void>
}

/** Holds every user's row in the embedded database of a running program, so that whoever changes one has to wait. */
export async function lockUsers(dataDir: string): Promise<LockedUsers> {
  const server = findEmbeddedPostgres(dataDir)
  if (!server) throw new Error(`No PostgreSQL runs in ${dataDir}`)
  const client = new pg.Client(server.connection('madoguchi', server.superuser))
  await client.connect()
  await client.query('begin; select from portal_user for update')
  return {
    untilSomebodyWaits: () =>
      until(async () => (await client.query('select from pg_locks where not granted')).rowCount),
    async release() {
      await client.query('rollback')
      await client.end()
    },
  }
}
