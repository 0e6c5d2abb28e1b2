import type { ClientConfig } from 'pg'
import type { Config } from '#platform/config.ts'
import { type Database, openDatabase } from '#platform/database.ts'
import { type EmbeddedPostgres, findEmbeddedPostgres, startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { initDatabase } from '#platform/init-database.ts'
import { migrate } from '#platform/migrate.ts'

/** The portal's database as the operator sees it: of all customers. */
export interface OperatorDatabase extends AsyncDisposable {
  database: Database
}

/** The name of the database within the embedded PostgreSQL. */
const embeddedDatabase = 'madoguchi'

/**
 * Opens the configured database, or the embedded one of the data folder: that of the portal while it runs, otherwise one
 * started for this command alone and stopped with it.
 */
export async function openOperatorDatabase({ database, dataDir }: Config): Promise<OperatorDatabase> {
  if (database) return connect({ connectionString: database.ownerUrl })
  const running = findEmbeddedPostgres(dataDir)
  if (running) return connect(running.connection(embeddedDatabase, 'portal_owner'))
  const started = await startEmbeddedPostgres({ dataDir, log: (line) => console.error(line) })
  stopOnSignal(started)
  try {
    const logins = [{ name: 'portal_owner' }, { name: 'portal_app' }] as const
    await initDatabase(started.connection('postgres', started.superuser), embeddedDatabase, [...logins])
    const owner = started.connection(embeddedDatabase, 'portal_owner')
    await migrate(owner)
    return connect(owner, () => started.stop())
  } catch (error) {
    await started.stop()
    throw error
  }
}

function connect(connection: ClientConfig, stop: () => Promise<void> = async () => undefined): OperatorDatabase {
  const database = openDatabase({ connection, role: 'portal_operator', connections: 1 })
  return {
    database,
    async [Symbol.asyncDispose]() {
      await database.close()
      await stop()
    },
  }
}

/** PostgreSQL is not in the terminal's process group, so Ctrl-C would leave it behind. */
function stopOnSignal(started: EmbeddedPostgres): void {
  const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
  for (const [signal, exitCode] of Object.entries(exitCodes)) {
    process.once(signal, () => void started.stop().finally(() => process.exit(exitCode)))
  }
}
