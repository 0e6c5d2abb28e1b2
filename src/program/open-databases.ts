import { keepNationalHolidays } from './national-holidays.ts'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import type { DatabasePlace } from './config.ts'
import { type Database, openDatabase } from '#platform/database/database.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { closeOtherDatabases, initDatabase } from './init-database.ts'
import type { Log } from '#platform/log.ts'
import { isMigrated, migrate } from './migrate.ts'
import { proveFence, proveStaffFence } from './prove-fence.ts'
import { proveLogin, proveOperatorRole } from './prove-role.ts'
import { explainRefusal, isStarting } from './refused-connection.ts'
import { minutes, seconds } from '#platform/time/duration.ts'
import { within } from '#platform/time/within.ts'

/** The database, ready to work with: migrated, and its fence and roles proved. */
export interface Databases {
  app: Database
  /** Of the console; absent: DATABASE_STAFF_URL is not set. */
  staff?: Database
  operator: Database
  owner: pg.ClientConfig
  close(): Promise<void>
}

export const databaseName = 'madoguchi'

/** Opens the configured server, or starts the embedded one. `onLost`: the embedded server ended by itself. */
export async function openDatabases(
  config: DatabasePlace,
  log: Log,
  onLost: (reason: string) => void,
): Promise<Databases> {
  if (config.database) {
    const { appUrl, ownerUrl, staffUrl } = config.database
    const logins = {
      app: { connectionString: appUrl },
      owner: { connectionString: ownerUrl },
      ...(staffUrl && { staff: { connectionString: staffUrl } }),
    }
    return onceStarted(log, async () => {
      await proveLogin({ setting: 'DATABASE_OWNER_URL', login: logins.owner, role: 'portal_owner' })
      await proveLogin({ setting: 'DATABASE_URL', login: logins.app, role: 'portal_app' })
      if (logins.staff) await proveLogin({ setting: 'DATABASE_STAFF_URL', login: logins.staff, role: 'portal_staff' })
      return openReady({ ...logins, isNew: false, prepare: nothing, stop: nothing })
    }).catch((error: unknown) => explainRefusal(error, 'DATABASE_URL and DATABASE_OWNER_URL'))
  }
  const server = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    log: (line) => log.info({ part: 'postgres' }, line),
    onExit: onLost,
  })
  const logins = {
    app: server.connection(databaseName, 'portal_app'),
    staff: server.connection(databaseName, 'portal_staff'),
    owner: server.connection(databaseName, 'portal_owner'),
  }
  try {
    const prepare = (): Promise<void> => prepareServer(server.connection('postgres', server.superuser))
    return await onceStarted(log, () =>
      openReady({ ...logins, isNew: server.isNew, prepare, stop: () => server.stop() }),
    )
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function prepareServer(administrator: pg.ClientConfig): Promise<void> {
  await initDatabase(administrator, databaseName, [
    { name: 'portal_owner' },
    { name: 'portal_app' },
    { name: 'portal_staff' },
  ])
  await closeOtherDatabases(administrator)
}

const nothing = async (): Promise<void> => undefined

interface Server {
  app: pg.ClientConfig
  staff?: pg.ClientConfig
  owner: pg.ClientConfig
  /** Whoever asked a new one for its migrations would find a refusal in its log, at the first start of all. */
  isNew: boolean
  /** Makes database and roles, before migrations run. */
  prepare: () => Promise<void>
  stop: () => Promise<void>
}

async function openReady({ app, staff, owner, isNew, prepare, stop }: Server): Promise<Databases> {
  if (isNew || !(await isMigrated(owner))) {
    await prepare()
    await migrate(owner)
  }
  await keepNationalHolidays(owner)
  await proveFence(app)
  if (staff) await proveStaffFence(staff)
  const operator = await openOperator(owner, 5)
  const database = openDatabase({ connection: app })
  const ofStaff = staff && openDatabase({ connection: staff, connections: 5 })
  return {
    app: database,
    ...(ofStaff && { staff: ofStaff }),
    operator,
    owner,
    async close() {
      // A transaction that hangs ends with the process.
      await within(1 * seconds, Promise.all([database.close(), ofStaff?.close(), operator.close()]))
      await stop()
    },
  }
}

/** Opens a database as the operator's role, by the owner's login. Throws a StartProblem when it is that of another. */
export async function openOperator(owner: pg.ClientConfig, connections: number): Promise<Database> {
  const operator = openDatabase({ connection: owner, role: 'portal_operator', connections })
  try {
    await proveOperatorRole(operator)
    return operator
  } catch (error) {
    await operator.close()
    throw error
  }
}

/** How long a server may take to start, or to bring its data back into order after a crash. */
const longestStart = 5 * minutes

/** Does the work when the server takes connections: while it starts it refuses them (57P03, cannot_connect_now). */
async function onceStarted<T>(log: Log, work: () => Promise<T>): Promise<T> {
  const late = performance.now() + longestStart
  for (let said = false; ; said = true) {
    try {
      return await work()
    } catch (error) {
      if (!isStarting(error) || performance.now() > late) throw error
    }
    if (!said)
      log.warn(
        `the database is starting, or recovering from a crash: waiting for it, ${longestStart / minutes} minutes at most`,
      )
    await wait(500)
  }
}
