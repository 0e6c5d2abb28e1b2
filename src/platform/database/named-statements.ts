import { createHash } from 'node:crypto'
import pg from 'pg'

/** The statements of one connection, sent by names under which the server keeps them parsed. */
export interface NamedStatements {
  /** Nothing is awaited before the statement is on its way. */
  send: <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]) => Promise<pg.QueryResult<Row>>
  /** Whether this statement has succeeded here, whatever its values. */
  haveDone: (text: string) => boolean
  /** Whether the connection had better be closed: too much is kept, or something else than the driver believes. */
  areSpoilt: () => boolean
}

const known = new WeakMap<pg.ClientBase, NamedStatements>()

export function statementsOn(client: pg.ClientBase): NamedStatements {
  const statements = known.get(client) ?? namedStatements(client)
  known.set(client, statements)
  return statements
}

/** Shapes of statements that one connection keeps parsed. */
const mostShapes = 300

function namedStatements(client: pg.ClientBase): NamedStatements {
  const sent = new Set<string>()
  const done = new Set<string>()
  let isMistaken = false
  return {
    async send<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]) {
      const name = nameOf(text)
      sent.add(name)
      try {
        const result = await client.query<Row>({ name, text, values: [...values] })
        done.add(name)
        return result
      } catch (error) {
        // The driver closes a statement of which it cannot write a value, and goes on as if the server still had it.
        isMistaken ||= !(error instanceof pg.DatabaseError)
        throw error
      }
    },
    haveDone: (text) => done.has(nameOf(text)),
    areSpoilt: () => isMistaken || sent.size > mostShapes,
  }
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
