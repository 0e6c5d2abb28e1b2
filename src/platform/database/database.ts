import { createHash } from 'node:crypto'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  sql,
} from 'kysely'
import pg from 'pg'
import type { DB } from '#database/tables.ts'
import { seconds } from '../time/duration.ts'

/** The queries of one open transaction. */
export type Transaction = Kysely<DB>

export interface Database {
  /** Runs the work in one transaction: committed when it returns, rolled back when it throws. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export interface DatabaseOptions {
  connection: pg.ClientConfig
  /** Role to work as, when it is not the one that logs in. */
  role?: 'portal_operator'
  connections?: number
  /** Called with each statement sent, for tests that count them. */
  onStatement?: (text: string) => void
}

/** The database cannot be reached, or is starting or stopping: worth another try in a moment. */
export class DatabaseUnavailable extends Error {}

export function openDatabase({ connection, role, connections = 10, onStatement }: DatabaseOptions): Database {
  const pool = openPool({
    ...connection,
    ...(role && { options: `-c role=${role}` }),
    max: connections,
    // A connection that is closed loses its prepared statements.
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 5 * seconds,
    idle_in_transaction_session_timeout: 60 * seconds,
    ...(!role && { statement_timeout: 20 * seconds }),
    pipeline: true,
    types: { getTypeParser: parserOf },
  })
  return {
    transaction: (work) => inTransaction(pool, work, onStatement),
    close: () => pool.end(),
  }
}

/**
 * A pool that outlives its server: a broken connection leaves it by itself, and the next one who asks opens another.
 * Without a listener of each connection, one that breaks while it is in use would end the process.
 */
export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config)
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

async function inTransaction<T>(
  pool: pg.Pool,
  work: (tx: Transaction) => Promise<T>,
  onStatement: DatabaseOptions['onStatement'],
): Promise<T> {
  const client = await pool.connect().catch(explainConnection)
  const { connection, close } = connectionOf(client, onStatement)
  let broken: Error | undefined
  try {
    // Not awaited: the first statements of the work travel behind it in the same flight.
    const begun = client.query('begin')
    begun.catch(() => undefined)
    const result = await work(new Kysely<DB>({ dialect: dialectOf(connection) }))
    close()
    await begun
    const { command } = await client.query('commit')
    // After a failed statement PostgreSQL answers COMMIT with ROLLBACK, and with no error.
    if (command !== 'COMMIT') throw new Error(`The transaction was not committed: ${command}`)
    return result
  } catch (error) {
    close()
    broken = await client.query('rollback').then(
      () => undefined,
      (failed: Error) => failed,
    )
    return explainConnection(error)
  } finally {
    client.release(broken ?? (shapesOf.get(client)?.size ?? 0) > mostShapes)
  }
}

/** Goes back to a savepoint when the work asks for it, keeping the transaction alive. */
export async function withSavepoint<T>(
  tx: Transaction,
  work: () => Promise<T>,
  undo: (result: T) => boolean,
): Promise<T> {
  // Not awaited: it travels with the first statement of the work. The commit releases it.
  const begun = sql`savepoint before_work`.execute(tx)
  begun.catch(() => undefined)
  const result = await work()
  await begun
  if (undo(result)) await sql`rollback to savepoint before_work`.execute(tx)
  return result
}

/**
 * Kysely builds the statements; this sends them, named and pipelined, over the one connection of the transaction.
 * Closed, it sends nothing more: what is left over of a failed transaction must not reach the next one, of another customer.
 */
function connectionOf(
  client: pg.ClientBase,
  onStatement: DatabaseOptions['onStatement'],
): { connection: DatabaseConnection; close: () => void } {
  let isOpen = true
  const shapes = shapesOf.get(client) ?? new Set()
  shapesOf.set(client, shapes)
  const connection: DatabaseConnection = {
    async executeQuery<R>({ sql: text, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      if (!isOpen) throw new Error('The transaction is over')
      onStatement?.(text)
      const name = nameOf(text)
      shapes.add(name)
      // The row type is the one Kysely derived from the generated table types.
      const result = await client.query<R & pg.QueryResultRow>({ name, text, values: [...parameters] })
      return {
        rows: result.rows,
        ...(result.rowCount !== null && { numAffectedRows: BigInt(result.rowCount) }),
      }
    },
    streamQuery: () => {
      throw new Error('A pipelined connection cannot stream; declare a cursor instead.')
    },
  }
  return { connection, close: () => (isOpen = false) }
}

function dialectOf(connection: DatabaseConnection): Dialect {
  const nothing = async (): Promise<void> => undefined
  return {
    createDriver: () => ({
      init: nothing,
      acquireConnection: async () => connection,
      releaseConnection: nothing,
      beginTransaction: nothing,
      commitTransaction: nothing,
      rollbackTransaction: nothing,
      destroy: nothing,
    }),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  }
}

/** Shapes of statements that one connection keeps parsed: with more it is closed after its work, and the next begins anew. */
const mostShapes = 300
const shapesOf = new WeakMap<pg.ClientBase, Set<string>>()

const mostNames = 2000
const names = new Map<string, string>()

/** A name lets the server parse a statement once per connection. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  if (names.size >= mostNames) names.clear()
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 16)
  names.set(text, name)
  return name
}

const { INT8, DATE } = pg.types.builtins
// Counts fit into a number, and a day has no time zone.
const ownParsers = new Map<number, (value: string) => unknown>([
  [INT8, Number],
  [DATE, String],
])

const textParser: (oid: number, format: 'text') => (value: string) => unknown = pg.types.getTypeParser

function parserOf(oid: number): (value: string) => unknown {
  return ownParsers.get(oid) ?? textParser(oid, 'text')
}

// PostgreSQL's classes 08 (connection), 57P (going down, starting), 53300 (too many connections), and the system's own.
const unavailable = /^(08|57P|53300$|ECONN|ENOENT$|EPIPE$|ETIMEDOUT$)/

/** Whether the connection is at fault, and not what was asked over it. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return (
    unavailable.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered/.test(error.message)
  )
}

function explainConnection(error: unknown): never {
  if (isConnectionLost(error)) throw new DatabaseUnavailable('The database cannot be reached', { cause: error })
  throw error
}
