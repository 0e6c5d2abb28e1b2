import type { ClientConfig } from 'pg'
import { type DatabasePlace, type Environment, readDatabasePlace } from '#program/config.ts'
import type { Database } from '#platform/database/database.ts'
import { findEmbeddedPostgres } from '#program/embedded-postgres.ts'
import { openLog } from '#platform/log.ts'
import { databaseName, openDatabases, openOperator } from '#program/open-databases.ts'

/** The portal's database as the operator sees it: of all customers. */
export interface OperatorDatabase extends AsyncDisposable {
  database: Database
}

/**
 * Opens the configured database, or the embedded one of the data folder: that of the portal while it runs, otherwise one
 * started for this command alone and stopped with it.
 */
export async function openOperatorDatabase(environment: Environment): Promise<OperatorDatabase> {
  const place = readDatabasePlace(environment)
  if (place.database) return connect({ connectionString: place.database.ownerUrl })
  const running = findEmbeddedPostgres(place.dataDir)
  return running ? connect(running.connection(databaseName, 'portal_owner')) : start(place)
}

async function connect(connection: ClientConfig): Promise<OperatorDatabase> {
  const database = await openOperator(connection, 1)
  return { database, [Symbol.asyncDispose]: () => database.close() }
}

async function start(place: DatabasePlace): Promise<OperatorDatabase> {
  const opened = await openDatabases(place, openLog('warn'), () => undefined)
  return { database: opened.operator, [Symbol.asyncDispose]: () => opened.close() }
}
