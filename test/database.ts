import { randomUUID } from 'node:crypto'
import { after } from 'node:test'
import pg from 'pg'
import { type Database, openDatabase } from '#platform/database/database.ts'
import type { TestServer } from './server.ts'

/** A database of its own for one test file: migrated, empty, dropped in the end. */
export interface TestDatabase extends AsyncDisposable {
  app: Database
  /** Of the console. */
  staff: Database
  operator: Database
  ownerConfig: pg.ClientConfig
  appConfig: pg.ClientConfig
  staffConfig: pg.ClientConfig
  /** Every statement that app and console have sent so far; a test may empty it. */
  statements: string[]
  /** Told of each one in the moment in which it is sent. */
  onStatement?: ((text: string) => void) | undefined
}

// Written by test/run.ts: the server that the whole run shares. At the top, so that a server of our own outlives every test.
const shared = process.env.TEST_POSTGRES
const server = shared ? (JSON.parse(shared) as TestServer) : await startOwnServer()

export async function testDatabase(): Promise<TestDatabase> {
  const { socketDir: host, port, superuser, template } = server
  const administrator = { host, port, user: superuser, database: 'postgres' }
  const database = `test_${randomUUID().replaceAll('-', '')}`
  await run(administrator, `create database ${database} template ${template} strategy file_copy`)
  const statements: string[] = []
  const ownerConfig = { host, port, user: 'portal_owner', database }
  const appConfig = { host, port, user: 'portal_app', database }
  const onStatement = (text: string): void => {
    statements.push(text)
    opened.onStatement?.(text)
  }
  const app = openDatabase({ connection: appConfig, onStatement })
  const staffConfig = { ...appConfig, user: 'portal_staff' }
  const staff = openDatabase({ connection: staffConfig, connections: 4, onStatement })
  const operator = openDatabase({ connection: ownerConfig, role: 'portal_operator', connections: 4 })
  const opened: TestDatabase = {
    app,
    staff,
    operator,
    ownerConfig,
    appConfig,
    staffConfig,
    statements,
    async [Symbol.asyncDispose]() {
      await Promise.all([app.close(), staff.close(), operator.close()])
      // A server of our own goes as a whole.
      if (shared) await run(administrator, `drop database ${database} with (force)`)
    },
  }
  return opened
}

/** One for this file alone, when it is run by hand. */
async function startOwnServer(): Promise<TestServer> {
  // Loaded only here: what starts a server takes its time to load.
  const { startTestServer } = await import('./server.ts')
  const own = await startTestServer()
  after(() => own[Symbol.asyncDispose]())
  return own
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
