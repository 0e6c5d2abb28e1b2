import { startEmbeddedPostgres } from '#program/embedded-postgres.ts'
import { initDatabase } from '#program/init-database.ts'
import { migrate } from '#program/migrate.ts'
import { openRunFolder } from './run-folder.ts'

/** Where tests find PostgreSQL. */
export interface TestServer {
  socketDir: string
  port: number
  superuser: string
  /** The name of a migrated database to copy from. */
  template: string
}

export interface StartedServer extends TestServer, AsyncDisposable {
  /** For whatever the tests write. */
  folder: string
}

/** Starts a PostgreSQL in a folder of its own; both end with this process, in whatever way it ends. */
export async function startTestServer(): Promise<StartedServer> {
  const folder = await openRunFolder()
  const postgres = await startEmbeddedPostgres({ dataDir: folder.path, log: () => undefined, durable: false })
  const { socketDir, port, superuser } = postgres
  const template = 'madoguchi_template'
  const administrator = postgres.connection('postgres', superuser)
  await initDatabase(administrator, template, [
    { name: 'portal_owner' },
    { name: 'portal_app' },
    { name: 'portal_staff' },
  ])
  await migrate(postgres.connection(template, 'portal_owner'))
  return {
    socketDir,
    port,
    superuser,
    template,
    folder: folder.path,
    async [Symbol.asyncDispose]() {
      await postgres.stop()
      await folder[Symbol.asyncDispose]()
    },
  }
}
