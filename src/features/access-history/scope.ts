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

/**
 * The lines `h` of the customer's history. One kind is read from an index of kinds, and several from one after another in the
 * order of their moments: what is rare is found as quickly as what is not.
 */
export function linesIn(ctx: Context, scope: AccessScope): RawBuilder<unknown> {
  const events = accessEvents.filter((event) => isAsked(event, scope))
  if (events.length === accessEvents.length) return sql`access_history h where ${isWithin(ctx, scope)}`
  if (events.length === 0) return sql`access_history h where false`
  const branches = events.map(
    (event) => sql`select * from access_history h where h.event = ${sql.lit(event)} and ${isWithin(ctx, scope)}`,
  )
  return sql`(${sql.join(branches, sql` union all `)}) h`
}

function isAsked(each: AccessEvent, { event, result }: AccessScope): boolean {
  return (event === undefined || each === event) && (result === undefined || resultOf(each) === result)
}

function isWithin({ actor }: Context, { from, to, userId }: AccessScope): RawBuilder<boolean> {
  const zone = actor.timeZone
  return sql<boolean>`h.customer_id = ${actor.customer.id}
    and ${from ? sql`h.at >= (${from}::date)::timestamp at time zone ${zone}` : sql`true`}
    and ${to ? sql`h.at < (${to}::date + 1)::timestamp at time zone ${zone}` : sql`true`}
    and ${userId ? sql`h.user_id = ${userId}` : sql`true`}`
}

/** Searches name, address and browser. */
export function holdsAccess(terms: readonly string[], alias: string): RawBuilder<boolean> {
  if (terms.length === 0) return sql<boolean>`true`
  return holdsTerms(terms, [`${alias}.user_name`, `${alias}.address`, `${alias}.browser`])
}
