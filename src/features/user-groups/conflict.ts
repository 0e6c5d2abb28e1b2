import { sql } from 'kysely'
import type { Level } from '#features/rights/level.ts'
import type { Actor } from '#features/actor.ts'
import { at, type Fact, jsonRow, phrase, rowOrNull, rowsOf, value, when } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'

/** A right that has changed since the actor chose another for it. */
export interface ConflictingRight {
  /** Null: for all services. */
  service: Phrase | null
  contract: string | null
  former: Level | null
  inForce: Level | null
  chosen: Level | null
}

/** What others have put into force since the actor chose. */
export interface Conflict {
  by: string
  at: Date
  /** How many of the actor's choices are about rights that others have changed; `rights` are the first of these. */
  count: number
  rights: ConflictingRight[]
}

const mostShown = 20

/** Part of a page's statement, after `mergedRules`: null when nobody else has applied anything since. */
export function conflictIn({ customer }: Actor, groupId: string): Fact<Conflict | null> {
  const first = sql`(
      select m.*, k.number, coalesce(m.service_id, k.service_id) as about from merged m
      left join contract k on k.customer_id = ${customer.id} and k.id = m.contract_id
      where m.is_staged and m.former is distinct from m.in_force
      order by k.number nulls first, m.service_id nulls first limit ${sql.lit(mostShown)}) m
    left join service s on s.id = m.about`
  const conflict = jsonRow<Conflict>({
    by: value('h.actor_name'),
    at: at('h.at'),
    count: value(sql`(select count(*) from merged where is_staged and former is distinct from in_force)`),
    rights: rowsOf(conflictingRight, { from: first, orderBy: sql`m.number nulls first, s.code` }),
  })
  return rowOrNull(
    conflict,
    sql`change_history h
      where h.customer_id = ${customer.id} and h.subject_kind = 'user-group' and h.subject_id = ${groupId}
        and h.action = 'user-group-rights-changed'
        and exists (select from merged m join user_group g on g.customer_id = ${customer.id} and g.id = ${groupId}
          where m.is_staged and m.rights_version < g.rights_version)
      order by h.at desc, h.id desc limit 1`,
  )
}

const conflictingRight = jsonRow<ConflictingRight>({
  service: when(sql`s.id is not null`, phrase('s.name')),
  contract: value('m.number'),
  former: value('m.former'),
  inForce: value('m.in_force'),
  chosen: value('m.chosen'),
})
