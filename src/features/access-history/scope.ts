import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { holdsTerms } from '#platform/list/keywords.ts'
import { type AccessEvent, accessEvents, type AccessResult, resultOf } from './events.ts'

/** To which the history may be narrowed. */
export interface AccessScope {
  /** Days in the reader's zone, both included: `2026-11-22`. */
  from?: string | undefined
  to?: string | undefined
  event?: AccessEvent | undefined
  result?: AccessResult | undefined
  userId?: string | undefined
}

/** The lines `h` of the customer's history. */
export function linesIn(ctx: Context, scope: AccessScope): RawBuilder<unknown> {
  return sql`(${sql.join(
    partsOf(ctx, scope).map((lines) => sql`select * from ${lines}`),
    sql` union all `,
  )}) h`
}

/**
 * The same in parts, each read in the order of its moments: one kind from an index of kinds, and several from it one after another.
 * What is rare is found as quickly as what is not.
 */
export function partsOf(ctx: Context, scope: AccessScope): RawBuilder<unknown>[] {
  const events = accessEvents.filter((event) => isAsked(event, scope))
  if (events.length === accessEvents.length) return [sql`access_history h where ${isWithin(ctx, scope)}`]
  if (events.length === 0) return [sql`access_history h where false`]
  return events.map((event) => sql`access_history h where h.event = ${sql.lit(event)} and ${isWithin(ctx, scope)}`)
}

function isAsked(each: AccessEvent, { event, result }: AccessScope): boolean {
  return (event === undefined || each === event) && (result === undefined || resultOf(each) === result)
}

/**
 * The end is asked of a row, not of a moment: of a moment between two others that it does not know, PostgreSQL expects next to none,
 * and would sort all there are in place of reading the first ones in order.
 */
function isWithin({ actor }: Context, { from, to, userId }: AccessScope): RawBuilder<boolean> {
  const zone = actor.timeZone
  return sql<boolean>`h.customer_id = ${actor.customer.id}
    and ${from ? sql`h.at >= (${from}::date)::timestamp at time zone ${zone}` : sql`true`}
    and ${to ? sql`(h.at, h.id) < ((${to}::date + 1)::timestamp at time zone ${zone}, 0)` : sql`true`}
    and ${userId ? sql`h.user_id = ${userId}` : sql`true`}`
}

/** Searches name, address and browser. */
export function holdsAccess(terms: readonly string[], alias: string): RawBuilder<boolean> {
  if (terms.length === 0) return sql<boolean>`true`
  return holdsTerms(terms, [`${alias}.user_name`, `${alias}.address`, `${alias}.browser`])
}
