import { type RawBuilder, sql } from 'kysely'
import type { Scope } from './scope.ts'

/** What a scope lets its user see, as parts of one statement. */
export interface Seen {
  /** Belongs into the statement's `with`: contracts that have a rule of their own. */
  ruled: RawBuilder<unknown>
  /** Of a column with a service: all its contracts are seen. */
  isWhole(service: string): RawBuilder<boolean>
  /** Of the columns of a contract: the same answer as `may(actor, 'view', contract)`. */
  isSeen(contract: { id: string; service: string }): RawBuilder<boolean>
}

/** Whoever may edit may view: each rule counts. */
export function seenBy({ all, services, contracts }: Scope): Seen {
  // With commas between: there may be thousands, and of an array each would be quoted.
  const ids = all === null ? [...contracts.keys()].join(',') : ''
  const isWhole = (service: string): RawBuilder<boolean> =>
    sql<boolean>`(${all !== null} or ${sql.ref(service)} = any(${[...services.keys()]}))`
  return {
    ruled: sql`ruled as materialized (select unnest(string_to_array(${ids}, ',')::uuid[]) as id)`,
    isWhole,
    isSeen: ({ id, service }) => sql<boolean>`(${isWhole(service)} or ${sql.ref(id)} in (select id from ruled))`,
  }
}
