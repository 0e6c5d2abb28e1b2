import { setTimeout as wait } from 'node:timers/promises'
import type { Site } from './initialise.ts'
import { readPostmasterFile } from './orphan.ts'
import { type Program, startProgram } from './program.ts'
import { port } from './socket-folder.ts'
import { startProblem } from '#platform/start-problem.ts'

export interface Postmaster {
  stop(): Promise<void>
}

export interface PostmasterOptions extends Site {
  socketDir: string
  /** Called when it ends without having been asked to. */
  onExit: (reason: string) => void
}

/** Starts the server and waits until it takes connections. */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const { binaries, account, log, onExit } = options
  // What it says of its own start and stop is of interest only when they fail.
  let running = false
  const server = startProgram({
    binaries,
    account,
    name: 'postgres',
    args: args(options),
    hear: (line) => running && !line.endsWith(readyLine) && log(line),
  })
  const endWithProgram = (): void => void server.child.kill('SIGINT')
  process.once('exit', endWithProgram)
  void server.ended.then(({ reason }) => {
    process.off('exit', endWithProgram)
    if (running) onExit(reason)
  })
  await ready(server, options)
  running = true
  return {
    async stop() {
      running = false
      await stopServer(server)
    },
  }
}

/** Comes just after the state that we wait for. */
const readyLine = 'database system is ready to accept connections'

function args({ folder, socketDir, durable }: PostmasterOptions): string[] {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    port,
    cluster_name: 'madoguchi',
    max_connections: 100,
    shared_buffers: '128MB',
    // For a solid-state disk and short queries.
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // A statement that fails is told to its sender.
    log_min_messages: 'log',
    // The program's own log writes the time.
    log_line_prefix: '',
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/** Between two looks at whether it is ready, in milliseconds. */
const lookEvery = 3

/** Waits for the server. As long as it lives it may take its time: after a crash it first brings its data back into order. */
async function ready({ child, ended }: Program, { folder, log }: PostmasterOptions): Promise<void> {
  let failure: string | undefined
  void ended.then(({ reason }) => (failure = reason))
  const sayAfter = Date.now() + 5_000 // ms
  for (let said = false; ; await wait(lookEvery)) {
    if (failure !== undefined) throw startProblem('database-failed', `PostgreSQL ${failure}`)
    const noted = readPostmasterFile(folder)
    if (noted?.pid === child.pid && noted?.ready) return
    if (!said && Date.now() > sayAfter) {
      log('PostgreSQL is bringing its data back into order after a crash')
      said = true
    }
  }
}

/** Fast shutdown, then immediate, then by force; and how long each may take, in milliseconds. */
const waysToEnd = [
  ['SIGINT', 10_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
] as const

async function stopServer({ child, ended }: Program): Promise<void> {
  for (const [signal, patience] of waysToEnd) {
    if (!child.kill(signal)) break
    const late = new AbortController()
    const inTime = await Promise.race([
      ended.then(() => true),
      wait(patience, false, { signal: late.signal }).catch(() => false),
    ])
    late.abort()
    if (inTime) return
  }
  await ended
}
