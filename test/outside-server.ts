import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#program/embedded-postgres.ts'
import { initDatabase } from '#program/init-database.ts'
import { makeDataDir } from './program.ts'

/** A PostgreSQL outside the program, to which a test may do what befalls servers. */
export interface OutsideServer {
  /** That make a demo work on it. */
  settings: Record<string, string>
  connection(user: string): pg.ClientConfig
  start(): Promise<void>
  stop(): Promise<void>
  /** Ends the postmaster as by a power cut; it has to be started again. */
  crash(): Promise<void>
  /** Ends one of its processes: it brings itself back into order. */
  hurt(): void
  /** Stops all of its processes where they are, until it is thawed. */
  freeze(): void
  thaw(): void
  superuser: string
  databaseFolder: string
}

const database = 'madoguchi'

/** Starts one in a folder of its own, gone with the test. `durable`: what is committed outlives a crash. */
export async function startOutsideServer(
  ends: AsyncDisposableStack,
  { durable, dataDir = makeDataDir(ends) }: { durable: boolean; dataDir?: string },
): Promise<OutsideServer> {
  const begin = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataDir, durable, log: () => undefined })
  let server = await begin()
  ends.defer(() => server.stop())
  const { socketDir: host, port, superuser, databaseFolder } = server
  const connection = (user: string): pg.ClientConfig => ({ host, port, user, database })
  await initDatabase({ ...connection(superuser), database: 'postgres' }, database, [
    { name: 'portal_owner' },
    { name: 'portal_app' },
    { name: 'portal_staff' },
  ])
  const urlFor = (user: string): string =>
    `postgres:///${database}?${new URLSearchParams({ host, port: String(port), user })}`
  return {
    superuser,
    databaseFolder,
    settings: {
      DATA_DIR: makeDataDir(ends),
      DEMO: 'on',
      DATABASE_URL: urlFor('portal_app'),
      DATABASE_OWNER_URL: urlFor('portal_owner'),
      DATABASE_STAFF_URL: urlFor('portal_staff'),
    },
    connection,
    stop: () => server.stop(),
    start: async () => void (server = await begin()),
    async crash() {
      send('SIGKILL', [postmasterOf(databaseFolder)])
      await server.stop()
    },
    hurt: () => send('SIGKILL', childrenOf(postmasterOf(databaseFolder)).slice(-1)),
    freeze: () => freeze(databaseFolder),
    thaw: () => thaw(databaseFolder),
  }
}

/** Stops all processes of the PostgreSQL in this folder where they are, until they are thawed. */
export function freeze(databaseFolder: string): void {
  const postmaster = postmasterOf(databaseFolder)
  // First of all, so that it makes no more.
  send('SIGSTOP', [postmaster])
  send('SIGSTOP', childrenOf(postmaster))
}

export function thaw(databaseFolder: string): void {
  const postmaster = postmasterOf(databaseFolder)
  send('SIGCONT', [...childrenOf(postmaster), postmaster])
}

function send(signal: NodeJS.Signals, pids: readonly number[]): void {
  for (const pid of pids) if (lives(pid)) process.kill(pid, signal)
}

function postmasterOf(folder: string): number {
  return Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
