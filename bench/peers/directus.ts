import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import type { PostgresConnection } from '#program/embedded-postgres.ts'
import { ask } from '../drive.ts'
import { start, type Started } from '../processes.ts'
import { environment, freePort, type World } from '../world/world.ts'

/** A general tool for data with an interface for requests, by its own means over the same rows in the same server. */
export interface Directus {
  app: Started
  /** Asks for contracts, as an administrator, whose rights Directus need not look for. */
  ask: (query: Record<string, string>) => Parameters<typeof ask>[0]
}

const version = '11.17.4'
/** The last that Directus 11 and what it compiles are made for; a package as ours is. */
const nodePackage = { name: `node-${process.platform}-${process.arch}`, version: '22.23.5' }
const database = 'directus'
const token = 'the-token-of-the-bench'
/** Of the installation, of each step of the start, in milliseconds. */
const longest = { installation: 15 * 60_000, step: 4 * 60_000 }

/** Installs it where that has not been done, fills a database with the contracts of the world, and starts it. */
export async function openDirectus(world: World, closing: AsyncDisposableStack): Promise<Directus> {
  const folder = await install()
  const connection = { ...world.connection, database }
  await world.superuser.query(`create database ${database}`)
  const port = await freePort()
  const env = settings(connection, { folder, port })
  const node = join(folder, 'node_modules', nodePackage.name, 'bin/node')
  const cli = join(folder, 'node_modules/directus/cli.js')
  await run(node, [cli, 'bootstrap'], { cwd: folder, env, timeout: longest.step })
  await copyContracts(world, connection)
  const app = start({ command: node, args: [cli, 'start'], env })
  closing.defer(() => app.stop())
  const directus: Directus = {
    app,
    ask: (query) => ({
      port,
      path: `/items/contract?${new URLSearchParams(query).toString()}`,
      headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip, deflate, br' },
    }),
  }
  await answers(directus)
  return directus
}

const run = promisify(execFile)

/** Kept among the packages' own files, for the next time. */
async function install(): Promise<string> {
  const folder = resolve('node_modules/.cache', `directus-${version}`)
  if (existsSync(folder)) return folder
  const draft = `${folder}-${process.pid}`
  mkdirSync(draft, { recursive: true })
  writeFileSync(join(draft, 'package.json'), JSON.stringify({ private: true }))
  const own = join(draft, 'node_modules', nodePackage.name)
  const options = {
    cwd: draft,
    timeout: longest.installation,
    maxBuffer: Infinity,
    env: {
      ...ofTheMachine(),
      PATH: [join(own, 'bin'), process.env.PATH].join(delimiter),
      npm_config_nodedir: own,
    },
  }
  const npm = (...args: string[]): Promise<unknown> =>
    run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], options)
  try {
    await npm('install', `${nodePackage.name}@${nodePackage.version}`, `directus@${version}`, '--ignore-scripts')
    // Compiled here, with the head files of that Node: it would be fetched from a place that cannot be reached everywhere.
    await npm('rebuild', 'isolated-vm')
    renameSync(draft, folder)
  } catch (error) {
    throw new Error(`Directus ${version} could not be installed`, { cause: error })
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return folder
}

/** How this machine reaches the registry, whose certificates it trusts; without what the npm that runs the bench has set for it. */
function ofTheMachine(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))
}

function settings(
  { host, port: at, user }: PostgresConnection,
  { folder, port }: { folder: string; port: number },
): NodeJS.ProcessEnv {
  return environment({
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    DB_CLIENT: 'pg',
    DB_HOST: host,
    DB_PORT: String(at),
    DB_DATABASE: database,
    DB_USER: user,
    DB_PASSWORD: 'none-is-asked-for',
    SECRET: 'a secret of the bench, long enough',
    ADMIN_EMAIL: 'admin@bench.example.com',
    ADMIN_PASSWORD: 'a long enough password',
    ADMIN_TOKEN: token,
    LOG_LEVEL: 'warn',
    STORAGE_LOCAL_ROOT: join(folder, 'uploads'),
    EXTENSIONS_PATH: join(folder, 'extensions'),
    // What would only cost it time, or refuse requests.
    TELEMETRY: 'false',
    WEBSOCKETS_ENABLED: 'false',
    RATE_LIMITER_ENABLED: 'false',
    PRESSURE_LIMITER_ENABLED: 'false',
  })
}

/** What our list shows of a contract, in a table as one makes it there: with a key and an index for the list's order. */
async function copyContracts({ superuser, customer }: World, connection: PostgresConnection): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await client.query(
      `create table contract (id uuid primary key, number text, service text, site text, memo text, status text, urgency integer)`,
    )
    const { rows } = await superuser.query<{ rows: string }>(
      `select jsonb_agg(to_jsonb(r))::text as rows from (
         select k.id, k.number, s.name_ja as service, t.name as site, k.memo, k.status, k.urgency,
           row_number() over () / 10000 as part
         from contract k join service s on s.id = k.service_id left join site t on t.id = k.site_id
         where k.customer_id = $1) r group by part`,
      [customer],
    )
    for (const part of rows)
      await client.query('insert into contract select * from jsonb_populate_recordset(null::contract, $1)', [part.rows])
    await client.query('create index contract_worst_first on contract (urgency, number); analyze contract')
  } finally {
    await client.end()
  }
}

async function answers({ app, ask: asked }: Directus): Promise<void> {
  const late = performance.now() + longest.step
  for (; performance.now() < late && app.child.exitCode === null; await wait(200)) {
    const answer = await ask(asked({ limit: '1' })).catch(() => undefined)
    if (answer?.status === 200) return
  }
  throw new Error(`Directus does not start: ${app.said()}`)
}
