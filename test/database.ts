import { randomUUID } from 'node:crypto'
import { after } from 'node:test'
import pg from 'pg'
import { type Database, openDatabase } from '#platform/database/database.ts'
import { startEmbeddedPostgres } from '#program/embedded-postgres.ts'
import { initDatabase } from '#program/init-database.ts'
import { migrate } from '#program/migrate.ts'
import { openRunFolder } from './run-folder.ts'

/** A database of its own for one test file: migrated, empty, dropped in the end. */
export interface TestDatabase extends AsyncDisposable {
  app: Database
  operator: Database
  ownerConfig: pg.ClientConfig
  appConfig: pg.ClientConfig
  /** Every statement the app has sent so far; a test may empty it. */
  statements: string[]
}

interface Server {
  socketDir: string
  port: number
  superuser: string
}

// Written by test/run.ts: the server that the whole run shares. At the top, so that a server of our own outlives every test.
const shared = process.env.TEST_POSTGRES
const server: Server = shared ? (JSON.parse(shared) as Server) : await startOwnServer()

export async function testDatabase(): Promise<TestDatabase> {
  const { socketDir: host, port, superuser } = server
  const administrator = { host, port, user: superuser, database: 'postgres' }
  const template = await templateOf(administrator)
  const database = `test_${randomUUID().replaceAll('-', '')}`
  await run(administrator, `create database ${database} template ${template} strategy file_copy`)
  const statements: string[] = []
  const ownerConfig = { host, port, user: 'portal_owner', database }
  const appConfig = { host, port, user: 'portal_app', database }
  const app = openDatabase({ connection: appConfig, onStatement: (text) => statements.push(text) })
  const operator = openDatabase({ connection: ownerConfig, role: 'portal_operator', connections: 4 })
  return {
    app,
    operator,
    ownerConfig,
    appConfig,
    statements,
    async [Symbol.asyncDispose]() {
      await Promise.all([app.close(), operator.close()])
      // A server of our own goes as a whole.
      if (shared) await run(administrator, `drop database ${database} with (force)`)
    },
  }
}

/** One for this file alone, when it is run by hand. */
async function startOwnServer(): Promise<Server> {
  const folder = await openRunFolder()
  const own = await startEmbeddedPostgres({ dataDir: folder.path, log: () => undefined, durable: false })
  after(async () => {
    await own.stop()
    await folder[Symbol.asyncDispose]()
  })
  return own
}

/** A migrated database to copy from, made once a server. */
async function templateOf(administrator: pg.ClientConfig): Promise<string> {
  const name = 'madoguchi_template'
  const client = new pg.Client(administrator)
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(1)`)
    await initDatabase(administrator, name, [{ name: 'portal_owner' }, { name: 'portal_app' }])
    await migrate({ ...administrator, user: 'portal_owner', database: name })
  } finally {
    await client.end()
  }
  return name
}

async function run(administrator: pg.ClientConfig, statement: string): Promise<void> {
  const client = new pg.Client(administrator)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
