import type { ClientConfig } from 'pg'
import { type DatabasePlace, type Environment, readDatabasePlace } from '#program/config.ts'
import { isMigrated } from '#program/migrate.ts'
import { existingDatabaseFolders } from '#program/embedded-postgres/database-folder.ts'
import { Failure } from './command.ts'
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
 * started for this command alone and stopped with it. Throws a Failure when a database that may be in use is of another version.
 */
export async function openOperatorDatabase(environment: Environment): Promise<OperatorDatabase> {
  const place = readDatabasePlace(environment)
  if (place.database) return connect({ connectionString: place.database.ownerUrl })
  const running = findEmbeddedPostgres(place.dataDir)
  if (running) return connect(running.connection(databaseName, 'portal_owner'))
  // A slip in DATA_DIR would otherwise look like a portal that has lost everything, or take what is imported.
  if (existingDatabaseFolders(place.dataDir).length === 0)
    process.stderr.write(
      `There was no database in ${place.dataDir}: an empty one is made. The portal's is found by its DATA_DIR.\n`,
    )
  return start(place)
}

async function connect(connection: ClientConfig): Promise<OperatorDatabase> {
  const database = await openOperator(connection, 1)
  if (!(await isMigrated(connection))) {
    await database.close()
    throw new Failure(
      'The database is not that of this version of the program: start the portal of this version, which brings it up to date. An empty one on a PostgreSQL of yours is made by "npm run operator -- init-database".',
    )
  }
  return { database, [Symbol.asyncDispose]: () => database.close() }
}

async function start(place: DatabasePlace): Promise<OperatorDatabase> {
  const opened = await openDatabases(place, openLog('warn'), () => undefined)
  return { database: opened.operator, [Symbol.asyncDispose]: () => opened.close() }
}
