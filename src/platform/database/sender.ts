import {
  type CompiledQuery,
  DefaultQueryExecutor,
  type Dialect,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryExecutor,
  type QueryResult,
} from 'kysely'
import { isWrong } from './faults.ts'
import type { Flights } from './flights.ts'

/** What sends the statements of one transaction over its connection. */
export interface Sender<Tables> {
  queries: Kysely<Tables>
  /** How many statements were sent so far. */
  sent: () => number
  /** Waits for the answer to the newest statement: those to all before it are there as well, for the server keeps the order. */
  answered: () => Promise<void>
  /** Sends nothing more: what is left over of a failed transaction must not reach the next one, of another customer. */
  close: () => void
  /** The first statement that has failed, whether anybody minded or not. */
  failure: () => Failure | undefined
}

export interface Failure {
  cause: unknown
  /** The connection has done the same statement before, and now it is wrong: tables or functions are others. */
  isOutdated: boolean
}

/** Kysely builds the statements; this sends them, in the order in which `execute` is called. */
export function openSender<Tables>(flights: Flights, onStatement?: (text: string) => void): Sender<Tables> {
  let isOpen = true
  let sent = 0
  let newest: Promise<unknown> = Promise.resolve()
  let failure: Failure | undefined
  const compileQuery: QueryExecutor['compileQuery'] = (node, id) => {
    try {
      return compiler.compileQuery(node, id)
    } catch (cause) {
      failure ??= { cause, isOutdated: false }
      throw cause
    }
  }
  // Nothing is awaited before the statement has its place, so that none overtakes another.
  const executeQuery = async <Row>({ sql: text, parameters }: CompiledQuery<Row>): Promise<QueryResult<Row>> => {
    if (!isOpen) throw new Error('The transaction is over')
    onStatement?.(text)
    sent++
    // The row type is the one Kysely derived from the generated table types.
    const answer = flights.ask<Row>(text, parameters).catch((cause: unknown) => {
      if (!failure) {
        failure = { cause, isOutdated: flights.haveDone(text) && isWrong(cause) }
        // Whoever has asked, instead of whoever has read the answer.
        if (cause instanceof Error) Error.captureStackTrace(cause)
      }
      throw cause
    })
    newest = answer
    const { rows, rowCount } = await answer
    return { rows, ...(rowCount !== null && { numAffectedRows: BigInt(rowCount) }) }
  }
  return {
    queries: queriesOver({ compileQuery, executeQuery }),
    sent: () => sent,
    answered: () => newest.then(ignore, ignore),
    close: () => (isOpen = false),
    failure: () => failure,
  }
}

function ignore(): void {}

const compiler = new PostgresQueryCompiler()
const adapter = new PostgresAdapter()
const driver = new DummyDriver()
const dialect: Dialect = {
  createAdapter: () => adapter,
  createDriver: () => driver,
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => compiler,
}

/** Kysely's own way to a connection waits before it sends; what would take it is refused. */
function queriesOver<Tables>(way: Pick<QueryExecutor, 'compileQuery' | 'executeQuery'>): Kysely<Tables> {
  const provideConnection = (): never => {
    throw new Error('A connection of flights cannot stream; declare a cursor instead.')
  }
  const executor = Object.assign(new DefaultQueryExecutor(compiler, adapter, { provideConnection }), way)
  return new Kysely({ config: { dialect }, dialect, driver, executor })
}
