import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#features/actor.ts'
import { foldedHolds } from '#platform/list/keywords.ts'

/** Selects the users of an administrator's customer that hold every term; for anybody else, none. */
export function usersHolding({ customer, role }: Actor, terms: readonly string[]): RawBuilder<unknown> {
  return sql`select u.id, u.name, u.mail, u.role from portal_user u
    where ${role === 'portal-administrator'} and u.customer_id = ${customer.id} and u.urgency is not null and ${foldedHolds(terms, 'u.search')}`
}
