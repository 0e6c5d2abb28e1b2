import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { findEmbeddedPostgres, type PostgresConnection } from '#program/embedded-postgres.ts'
import { databaseName } from '#program/open-databases.ts'
import { findBundled } from '../../bundled.mjs'
import { ask } from '../drive.ts'
import { postmasterOf, type Start, start, type Started } from '../processes.ts'
import { activateUsers, type Activated, secretKey } from './users.ts'
import { makeContent } from './import-content.ts'

/** A portal with a large customer, as its own processes, and the floor beside it on the same database. */
export interface World extends Activated, AsyncDisposable {
  app: Started
  port: number
  settingsPort: number
  consolePort: number
  floor: Started
  floorPort: number
  postmaster: number
  /** Past every fence, for what a measurement needs to set. */
  superuser: pg.Client
  /** That of the superuser. */
  connection: PostgresConnection
  /** Seconds that the command for the import took. */
  importSeconds: number
  node: NodeWith
}

export const portalUrl = new URL('https://portal.bench.example')
export const settingsUrl = new URL('https://settings.bench.example')
export const consoleUrl = new URL('https://console.bench.example')

/** `flags`: more of Node's for the portal, such as those of its profiler. */
export async function openWorld(flags: readonly string[]): Promise<World> {
  await using closing = new AsyncDisposableStack()
  const dataDir = await makeDataDir()
  closing.defer(() => rm(dataDir, { recursive: true, force: true }))
  const ports = { port: await freePort(), settingsPort: await freePort(), consolePort: await freePort() }
  const node = nodeWith(dataDir, ports)
  const inside = ['--max-semi-space-size=8', '--expose-gc', '--import', './bench/inside.ts']
  const app = start(node(...inside, ...flags, ...bundled('main'), 'all'))
  closing.defer(() => app.stop())
  await answers(app, ports.port)
  const connection = connectionOf(dataDir)
  const superuser = new pg.Client(connection)
  await superuser.connect()
  closing.defer(() => superuser.end())
  const importSeconds = await runImport(node, dataDir)
  await superuser.query('vacuum analyze')
  const activated = await activateUsers(superuser)
  const { customer, slowHash: hash } = activated
  const floor = start(node('--import', 'tsx', 'bench/floor.ts', JSON.stringify({ connection, customer, hash })))
  closing.defer(() => floor.stop())
  const [{ port: floorPort }] = (await once(floor.child, 'message')) as [{ port: number }]
  const postmaster = postmasterOf(app.pid)
  const held = closing.move()
  const own = { ...ports, app, floor, floorPort, postmaster, superuser, importSeconds, connection, node }
  return { ...activated, ...own, [Symbol.asyncDispose]: () => held.disposeAsync() }
}

/** One more portal over the same database, without a worker. */
export async function startAnother({ node, connection }: World): Promise<{ app: Started; port: number }> {
  const port = await freePort()
  const { host, port: at, database } = connection
  const urlOf = (role: string): string =>
    `postgres://${role}@localhost:${at}/${database}?host=${encodeURIComponent(host)}`
  const { env, ...how } = node(...bundled('main'), 'portal')
  const app = start({
    ...how,
    env: {
      ...env,
      PORT: String(port),
      DATABASE_URL: urlOf('portal_app'),
      DATABASE_OWNER_URL: urlOf('portal_owner'),
      SMTP_URL: 'smtp://127.0.0.1:9',
    },
  })
  await answers(app, port)
  return { app, port }
}

type NodeWith = (...args: string[]) => Start

/** Node as the portal and its command line run it, as in production. */
function nodeWith(dataDir: string, ports: Pick<World, 'port' | 'settingsPort' | 'consolePort'>): NodeWith {
  const env = environment({
    DATA_DIR: dataDir,
    PORT: String(ports.port),
    SETTINGS_PORT: String(ports.settingsPort),
    CONSOLE_PORT: String(ports.consolePort),
    PORTAL_URL: portalUrl.href,
    SETTINGS_URL: settingsUrl.href,
    CONSOLE_URL: consoleUrl.href,
    SECRET_KEY: secretKey.toString('base64'),
  })
  return (...args) => ({ command: process.execPath, args, env })
}

/** Node's arguments for a program as it runs in production. */
function bundled(program: 'main' | 'operator'): string[] {
  const say = (line: string): void => console.error(line)
  const found = findBundled(program, { node: process.execPath, dataDir: 'node_modules/.cache', say })
  if (!found) throw new Error('The program cannot be bundled here')
  return found
}

function connectionOf(dataDir: string): PostgresConnection {
  const server = findEmbeddedPostgres(dataDir)
  if (!server) throw new Error('The embedded PostgreSQL is not there')
  return server.connection(databaseName, server.superuser)
}

/** One that the database's own user may enter; gone at the latest with this process. */
export async function makeDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-bench-'))
  // Tried again while the portal, told to end just before, still writes.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }))
  await chmod(folder, 0o755)
  return folder
}

/** Only what a portal must know of this machine, so that nothing around decides how it runs. */
export function environment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: process.env.HOME, ...own }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

const longestStart = 60_000 // ms

/** Waits for the first page that is not an error; answers when it came, by performance.now(). */
export async function answers(app: Started, port: number, host = portalUrl.host): Promise<number> {
  const deadline = performance.now() + longestStart
  for (; performance.now() < deadline; await wait(5)) {
    const page = await ask({ port, path: '/', headers: { host } }).catch(() => undefined)
    if (page?.status === 200) return performance.now()
    if (app.child.exitCode !== null) break
  }
  throw new Error(`The portal does not start: ${app.said()}`)
}

async function runImport(node: NodeWith, folder: string): Promise<number> {
  const file = join(folder, 'bench-import.json')
  await writeFile(file, JSON.stringify(makeContent()))
  const begun = performance.now()
  const command = start(node(...bundled('operator'), 'import', file))
  const [code] = (await once(command.child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`The import failed: ${command.said()}`)
  return (performance.now() - begun) / 1000
}
