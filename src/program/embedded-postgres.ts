import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs'
import { chooseDatabaseFolder, existingDatabaseFolders } from './embedded-postgres/database-folder.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { nameOf } from './embedded-postgres/account.ts'
import { findBinaries, reachableBinaries } from './embedded-postgres/binaries.ts'
import { initialise, superuser } from './embedded-postgres/initialise.ts'
import { findPostmaster, stopOrphan } from './embedded-postgres/orphan.ts'
import { makeSocketFolder, port, removeSocketFolder } from './embedded-postgres/socket-folder.ts'
import { startPostmaster } from './embedded-postgres/postmaster.ts'
import { type FolderLock, holdFolder } from './folder-lock.ts'
import { isStartProblem, startProblem } from '#platform/start-problem.ts'

export interface EmbeddedPostgresOptions {
  /** The program's data folder, made when missing. The database lies in its folder `postgres`, unless that is closed to the database's user. */
  dataDir: string
  /** Takes one line: what was done that the reader should know, and what PostgreSQL says while it runs. */
  log: (line: string) => void
  /** False for tests: what was committed does not outlive a crash of the machine. */
  durable?: boolean
  /** Called when PostgreSQL ends without having been asked to. */
  onExit?: (reason: string) => void
}

/** What `pg` needs to connect, superset-compatible with its PoolConfig. */
export interface PostgresConnection {
  host: string
  port: number
  user: string
  database: string
}

export interface PostgresAddress {
  /** Only the database's user and root may enter it: who can connect needs no password. */
  socketDir: string
  port: number
  superuser: string
  connection(database: string, role: string): PostgresConnection
}

export interface EmbeddedPostgres extends PostgresAddress {
  /** Such as `18.4`. */
  version: string
  /** Where the database really lies. */
  databaseFolder: string
  /** Made by this start: it has no roles and no database of ours yet. */
  isNew: boolean
  /** Ends every connection, writes everything out, then gives the data folder back. A second call waits for the first. */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL that came with the packages, over the data folder that this process then holds alone.
 * Throws a StartProblem when the folder is held or closed, when there are no binaries for this machine, or when PostgreSQL refuses.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log, durable = true, onExit = () => {} } = options
  const packaged = findBinaries()
  const dataDir = openDataDir(options.dataDir)
  const lock = await holdSoon(dataDir)
  try {
    const { folder, account } = chooseDatabaseFolder(dataDir, log)
    const binaries = reachableBinaries(packaged, account, log)
    await stopOrphan(folder, log)
    const isNew = await initialise({ folder, account, binaries, durable, log })
    const socketDir = makeSocketFolder(folder, account)
    const postmaster = await startPostmaster({ folder, account, binaries, durable, log, socketDir, onExit })
    let stopped: Promise<void> | undefined
    const stop = async (): Promise<void> => {
      await postmaster.stop()
      removeSocketFolder(socketDir)
      lock.release()
    }
    return {
      ...addressOf(socketDir, port),
      version: packaged.version,
      databaseFolder: folder,
      isNew,
      stop: () => (stopped ??= stop()),
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Where the PostgreSQL of a data folder answers that another process has started; undefined when none runs there. */
export function findEmbeddedPostgres(dataDir: string): PostgresAddress | undefined {
  for (const folder of existingDatabaseFolders(dataDir)) {
    const found = findPostmaster(folder)
    if (found?.ready) return addressOf(found.socketDir, found.port)
  }
  return undefined
}

function addressOf(socketDir: string, number: number): PostgresAddress {
  return {
    socketDir,
    port: number,
    superuser,
    connection: (database, user) => ({ host: socketDir, port: number, user, database }),
  }
}

/** For how long one who is just ending may still hold the folder, in milliseconds: a restart need not wait by itself. */
const patience = 2_000

async function holdSoon(dataDir: string): Promise<FolderLock> {
  for (const deadline = Date.now() + patience; ; await wait(50)) {
    try {
      return holdFolder(dataDir)
    } catch (error) {
      if (Date.now() > deadline || !isStartProblem(error)) throw error
    }
  }
}

function openDataDir(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true })
    accessSync(dataDir, constants.W_OK | constants.X_OK)
    return realpathSync(dataDir)
  } catch {
    throw startProblem(
      'data-folder-closed',
      `the user ${nameOf(process.getuid?.() ?? -1)} cannot write to the data folder ${dataDir}: start as its owner, or set DATA_DIR to another folder`,
    )
  }
}
