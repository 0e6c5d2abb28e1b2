import { createHash } from 'node:crypto'
import type pg from 'pg'
import utils from 'pg/lib/utils.js'
import { silence } from './faults.ts'

// What is asked before the program waits is one flight: one write and one sync (PostgreSQL, 54.2.4), so that the server is
// woken once, and so are we. Behind a statement that has failed the server passes over the rest of its flight. What is asked
// while a flight is under way leaves with the next.

/** The statements of one connection, sent by names under which the server keeps them parsed. */
export interface Flights {
  /** Takes a statement into the next flight. Its values are written at once, so that one that cannot be spoils nothing. */
  ask: <Row>(text: string, values?: readonly unknown[]) => Promise<Answer<Row>>
  /** In a flight of its own: done whatever becomes of what was asked before it. */
  askAlone: (text: string) => Promise<Answer<unknown>>
  /** As `ask`, but the flight waits a moment for more: for the end of what nobody waits for. */
  askInPassing: (text: string) => Promise<Answer<unknown>>
  /** Whether this statement has succeeded here, whatever its values. */
  haveDone: (text: string) => boolean
  /** Whether more is kept parsed than a connection had better keep. */
  areTooMany: () => boolean
}

export interface Answer<Row> {
  rows: Row[]
  /** `COMMIT`; `ROLLBACK` where there was nothing to commit any more. */
  command: string
  rowCount: number | null
}

interface Asked {
  name: string
  text: string
  values: (Buffer | string | null)[]
  isAlone: boolean
  rows: Record<string, unknown>[]
  /** Why one of them cannot be read. */
  unreadable?: unknown
  resolve: (answer: Answer<never>) => void
  reject: (reason: unknown) => void
}

interface Column {
  name: string
  read: (text: string) => unknown
}

/** A connection, with what is under way on it. */
interface Way {
  client: pg.PoolClient
  waiting: Asked[]
  flight: Asked[] | undefined
  /** Which statement of the flight is being answered. */
  at: number
  /** The columns that a statement answers, by its name. The server holds on to them as well: others would be an error (0A000). */
  columns: Map<string, Column[]>
  sent: Set<string>
  done: Set<string>
  leaveSoon: () => void
}

const known = new WeakMap<pg.PoolClient, Flights>()

/** `patience`: when a flight has not been answered for so many ms, the connection is given up. */
export function flightsOn(client: pg.PoolClient, patience?: number): Flights {
  const flights = known.get(client) ?? openFlights(client, patience)
  known.set(client, flights)
  return flights
}

/** How long what is asked in passing waits for others to travel with, in ms. */
const passing = 2

/** Shapes of statements that one connection keeps parsed. */
const mostShapes = 300

function openFlights(client: pg.PoolClient, patience: number | undefined): Flights {
  const way = wayOf(client)
  const leave = departures(way, patience)
  // When all that can go on has gone on: the reactions to answers are microtasks, and may ask for more.
  way.leaveSoon = () => queueMicrotask(() => process.nextTick(leave))
  return {
    ask<Row>(text: string, values: readonly unknown[] = []) {
      way.leaveSoon()
      return wait<Row>(way, text, { values })
    },
    askAlone(text) {
      way.leaveSoon()
      return wait(way, text, { isAlone: true })
    },
    askInPassing(text) {
      setTimeout(way.leaveSoon, passing)
      return wait(way, text)
    },
    haveDone: (text) => way.done.has(nameOf(text)),
    areTooMany: () => way.sent.size > mostShapes,
  }
}

function wayOf(client: pg.PoolClient): Way {
  return {
    client,
    waiting: [],
    flight: undefined,
    at: 0,
    columns: new Map(),
    sent: new Set(),
    done: new Set(),
    leaveSoon: () => undefined,
  }
}

function wait<Row>(
  { waiting, sent }: Way,
  text: string,
  { values = [], isAlone = false }: { values?: readonly unknown[]; isAlone?: boolean } = {},
): Promise<Answer<Row>> {
  return new Promise((resolve, reject) => {
    const name = nameOf(text)
    sent.add(name)
    waiting.push({ name, text, values: values.map(utils.prepareValue), isAlone, rows: [], resolve, reject })
  })
}

/** Makes what lets the next flight depart, unless one is under way. */
function departures(way: Way, patience: number | undefined): () => void {
  const { client, waiting } = way
  const land = (reason?: Error): void => {
    const unanswered = way.flight?.slice(way.at) ?? []
    way.flight = undefined
    for (const { reject } of unanswered) reject(reason ?? new Error('The server has passed over a statement'))
    if (waiting.length > 0) way.leaveSoon()
  }
  const giveUp = (): void => {
    if (!way.flight) return
    land(silence())
    client.connection.stream.destroy()
  }
  // One for all flights: each sets it anew, which costs less than to make and end its own.
  const timer = patience === undefined ? undefined : setTimeout(giveUp, patience).unref()
  const carrier = carrierOn(way, land)
  return () => {
    if (way.flight || waiting.length === 0) return
    const alone = waiting.findIndex(({ isAlone }) => isAlone)
    way.flight = waiting.splice(0, alone === -1 ? waiting.length : Math.max(alone, 1))
    way.at = 0
    timer?.refresh()
    client.query(carrier)
  }
}

/** What `pg` takes for a query, and hands what the server says: to one flight after the other. */
function carrierOn(way: Way, land: (reason?: Error) => void) {
  const current = (): Asked | undefined => way.flight?.[way.at]
  const complete = (tag: string): void => {
    const asked = current()
    way.at++
    if (asked) conclude(way, asked, tag)
  }
  return {
    submit: (wire: pg.Connection): void => send(way, wire),
    handleRowDescription({ fields }: { fields: readonly pg.FieldDef[] }): void {
      const asked = current()
      if (asked) way.columns.set(asked.name, columnsOf(way.client, fields))
    },
    handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
      const asked = current()
      if (asked) addRow(asked, way.columns.get(asked.name) ?? [], fields)
    },
    handleCommandComplete: ({ text }: { text: string }): void => complete(text),
    handleEmptyQuery: (): void => complete(''),
    handleReadyForQuery: (): void => land(),
    handleError: (error: Error): void => land(error),
  }
}

function send(way: Way, wire: pg.Connection): void {
  wire.stream.cork()
  way.flight = way.flight?.filter((asked) => {
    try {
      sendOne(wire, asked, way.columns.has(asked.name))
      return true
    } catch (error) {
      // Too large for any message. What is sent of it so far does nothing by itself.
      asked.reject(error)
      return false
    }
  })
  wire.sync()
  wire.stream.uncork()
}

function sendOne(wire: pg.Connection, { name, text, values }: Asked, isPrepared: boolean): void {
  if (!isPrepared) {
    // The server may have parsed it before something else of it failed; to close what is not there is no error.
    wire.close({ type: 'S', name }, true)
    wire.parse({ name, text, types: [] }, true)
  }
  wire.bind({ statement: name, values }, true)
  if (!isPrepared) wire.describe({ type: 'P' }, true)
  wire.execute(null, true)
}

function columnsOf(client: pg.PoolClient, fields: readonly pg.FieldDef[]): Column[] {
  const readerOf: (oid: number, format: 'text') => Column['read'] = client.getTypeParser.bind(client)
  return fields.map(({ name, dataTypeID }) => ({ name, read: readerOf(dataTypeID, 'text') }))
}

function addRow(asked: Asked, columns: readonly Column[], fields: readonly (string | null)[]): void {
  const row: Record<string, unknown> = {}
  try {
    let at = 0
    for (const { name, read } of columns) {
      const text = fields[at++] ?? null
      row[name] = text === null ? null : read(text)
    }
    asked.rows.push(row)
  } catch (error) {
    asked.unreadable ??= error
  }
}

function conclude({ columns, done }: Way, { name, rows, unreadable, resolve, reject }: Asked, tag: string): void {
  // One that answers no rows has no columns.
  if (!columns.has(name)) columns.set(name, [])
  done.add(name)
  if (unreadable !== undefined) return reject(unreadable)
  const [, command = '', count] = /^(\w*)(?:.* (\d+))?$/.exec(tag) ?? []
  // The rows are those of the statement, whatever it is.
  resolve({ rows: rows as never[], command, rowCount: count === undefined ? null : Number(count) })
}

const mostNames = 2000
const names = new Map<string, string>()

function nameOf(text: string): string {
  const name = names.get(text)
  if (name) return name
  if (names.size >= mostNames) names.clear()
  const made = createHash('sha256').update(text).digest('base64url').slice(0, 16)
  names.set(text, made)
  return made
}
