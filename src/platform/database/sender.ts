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
import type pg from 'pg'
import { isWrong } from './faults.ts'
import { statementsOn } from './named-statements.ts'

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

/** Kysely builds the statements; this sends them, named and pipelined, each in the moment in which `execute` is called. */
export function openSender<Tables>(client: pg.ClientBase, onStatement?: (text: string) => void): Sender<Tables> {
  const statements = statementsOn(client)
  let isOpen = true
  let sent = 0
  let newest = Promise.resolve()
  let failure: Failure | undefined
  const compileQuery: QueryExecutor['compileQuery'] = (node, id) => {
    try {
      return compiler.compileQuery(node, id)
    } catch (cause) {
      failure ??= { cause, isOutdated: false }
      throw cause
    }
  }
  // Nothing is awaited before the statement is on its way, so that none overtakes another.
  const executeQuery = async <Row>({ sql: text, parameters }: CompiledQuery<Row>): Promise<QueryResult<Row>> => {
    if (!isOpen) throw new Error('The transaction is over')
    onStatement?.(text)
    sent++
    // The row type is the one Kysely derived from the generated table types.
    const answer = statements.send<Row & pg.QueryResultRow>(text, parameters)
    newest = answer.then(
      () => undefined,
      (cause: unknown) => {
        failure ??= { cause, isOutdated: statements.haveDone(text) && isWrong(cause) }
      },
    )
    const { rows, rowCount } = await answer
    return { rows, ...(rowCount !== null && { numAffectedRows: BigInt(rowCount) }) }
  }
  return {
    queries: queriesOver({ compileQuery, executeQuery }),
    sent: () => sent,
    answered: () => newest,
    close: () => (isOpen = false),
    failure: () => failure,
  }
}

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
    throw new Error('A pipelined connection cannot stream; declare a cursor instead.')
  }
  const executor = Object.assign(new DefaultQueryExecutor(compiler, adapter, { provideConnection }), way)
  return new Kysely({ config: { dialect }, dialect, driver, executor })
}
