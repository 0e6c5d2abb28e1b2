import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import type { DB } from '#database/tables.ts'
import { seconds } from '../time/duration.ts'
import { isGivingWay, isWriting, unavailable } from './faults.ts'
import { type Flights, flightsOn } from './flights.ts'
import { type Connections, connectionsOf, openPool } from './pool.ts'
import { openSender, type Sender } from './sender.ts'

/** The queries of one open transaction. */
export type Transaction = Kysely<DB>

export interface Database {
  /**
   * Runs the work in one transaction: committed when it returns, rolled back when it throws, or when a statement of it has
   * failed. That of a request is begun anew when another transaction or a migration was in its way: so it may change nothing
   * but what the transaction holds. Nothing of the operator's role is repeated: an import counts what it has done.
   *
   * A `look` reads only, which the server sees to, so that nobody has to wait for its commit: no failure of it loses anything.
   * One that is about to write after all is begun anew as one that may.
   */
  transaction<T>(work: Work<T>, kind?: 'look'): Promise<T>
  close(): Promise<void>
}

type Work<T> = (tx: Transaction) => Promise<T>

export interface DatabaseOptions {
  connection: pg.ClientConfig
  /** Role to work as, when it is not the one that logs in: that of requests. */
  role?: 'portal_operator'
  connections?: number
  /** How long a statement of a request may take, in ms. The operator's take as long as they need. */
  patience?: number
  /** Called with each statement sent, for tests that count them. */
  onStatement?: (text: string) => void
}

/** A transaction that gave way to a migration may then find what its connection has kept outdated by it. */
const mostTries = 3

export function openDatabase(options: DatabaseOptions): Database {
  const { connection, role, connections = 10, patience = 10 * seconds, onStatement } = options
  const pool = openPool({
    ...connection,
    // To plan a page of contracts takes longer than to read it. The operator's statements, such as an import's, are few and large.
    options: role ? `-c role=${role}` : '-c plan_cache_mode=force_generic_plan',
    max: connections,
    // A connection that is closed loses its prepared statements.
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 5 * seconds,
    idle_in_transaction_session_timeout: 60 * seconds,
    // The server ends what takes longer; if it says nothing at all, we end the connection.
    ...(!role && { statement_timeout: patience }),
    types: { getTypeParser: parserOf },
  })
  const place = { connections: connectionsOf(pool), onStatement, ...(!role && { patience }) }
  return {
    transaction: (work, kind) =>
      inTransaction(place, work, {
        begin: kind === 'look' ? 'begin read only' : 'begin',
        triesLeft: role ? 1 : mostTries,
      }),
    close: () => pool.end(),
  }
}

interface Place {
  connections: Connections
  onStatement: DatabaseOptions['onStatement']
  patience?: number
}

type Beginning = 'begin' | 'begin read only'

interface Trying {
  begin: Beginning
  triesLeft: number
}

async function inTransaction<T>(place: Place, work: Work<T>, { begin, triesLeft }: Trying): Promise<T> {
  const ended = await tryOnce(place, work, begin)
  if ('value' in ended) return ended.value
  if (ended.hope === 'may-write' && begin === 'begin read only')
    return inTransaction(place, work, { begin: 'begin', triesLeft })
  if (ended.hope === 'again' && triesLeft > 1) return inTransaction(place, work, { begin, triesLeft: triesLeft - 1 })
  throw ended.error
}

/** `hope`: how the same work may succeed when it is begun anew. Nothing of it was committed. */
type Ended<T> = { value: T } | { error: unknown; hope: 'again' | 'may-write' | undefined }

async function tryOnce<T>(
  { connections, onStatement, patience }: Place,
  work: Work<T>,
  begin: Beginning,
): Promise<Ended<T>> {
  const client = await connections.take().catch((error: unknown) => {
    throw unavailable(error) ?? error
  })
  const flights = flightsOn(client, patience)
  const sender = openSender<DB>(flights, onStatement)
  senders.set(sender.queries, sender)
  let isBroken = false
  try {
    return { value: await commitAfter(work, { begin, flights, sender }) }
  } catch (error) {
    sender.close()
    isBroken = await flights.askAlone('rollback').then(
      () => false,
      () => true,
    )
    // Not what the work has made of the failure decides.
    const { cause, isOutdated } = sender.failure() ?? { cause: error, isOutdated: false }
    if (isOutdated) connections.outdate()
    const hope = isOutdated || isGivingWay(cause) ? 'again' : isWriting(cause) ? 'may-write' : undefined
    return { error: unavailable(cause) ?? error, hope }
  } finally {
    client.release(isBroken || flights.areTooMany())
  }
}

interface Begun {
  begin: Beginning
  flights: Flights
  sender: Sender<DB>
}

async function commitAfter<T>(work: Work<T>, { begin, flights, sender }: Begun): Promise<T> {
  // Not awaited: the first statements of the work travel behind it in the same flight.
  const begun = flights.ask(begin)
  begun.catch(() => undefined)
  const value = await work(sender.queries)
  sender.close()
  await begun
  await sender.answered()
  const failure = sender.failure()
  if (failure)
    throw new Error('The transaction was not committed: a statement of it has failed', { cause: failure.cause })
  if (begin === 'begin read only') {
    // Before anything else of this connection, whoever gets it next: what is asked is sent in order.
    flights.askInPassing('commit').catch(() => undefined)
    return value
  }
  const { command } = await flights.ask('commit')
  // After a failed statement PostgreSQL answers COMMIT with ROLLBACK, and with no error.
  if (command !== 'COMMIT') throw new Error(`The transaction was not committed: ${command}`)
  return value
}

const senders = new WeakMap<Transaction, Sender<DB>>()

/**
 * Does two things of which the first must reach the database before the second, in one flight: the second need not wait for the
 * answer to the first. Throws when the first has sent nothing by the time it returns, for then it could be overtaken.
 */
export async function inOrder<First, Second>(
  tx: Transaction,
  first: () => Promise<First>,
  second: () => Promise<Second>,
): Promise<[First, Second]> {
  const sent = (): number | undefined => senders.get(tx)?.sent()
  const before = sent()
  const begun = first()
  if (sent() === before) {
    await begun
    throw new Error('The first of two statements was not sent first')
  }
  return Promise.all([begun, second()])
}

/** How many savepoints a transaction is within: each depth has a name, for one name means the newest of that name. */
const depths = new WeakMap<Transaction, number>()

/**
 * Goes back to a savepoint when the work asks for it, keeping the transaction alive. May be used within another; what runs at the
 * same time in one transaction must not. The commit releases it.
 */
export async function withSavepoint<T>(
  tx: Transaction,
  work: () => Promise<T>,
  undo: (result: T) => boolean,
): Promise<T> {
  const depth = depths.get(tx) ?? 0
  const name = sql.raw(`before_work_${depth}`)
  depths.set(tx, depth + 1)
  try {
    const [, result] = await inOrder(tx, () => sql`savepoint ${name}`.execute(tx), work)
    if (undo(result)) await sql`rollback to savepoint ${name}`.execute(tx)
    return result
  } finally {
    depths.set(tx, depth)
  }
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
