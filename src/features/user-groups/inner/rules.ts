import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#features/actor.ts'

/** What a rule is about, in one column of an alias: a contract, a service, or (nil) all services. */
function thingOf(alias: string): RawBuilder<string> {
  return sql`coalesce(${sql.ref(`${alias}.contract_id`)}, ${sql.ref(`${alias}.service_id`)}, '00000000-0000-0000-0000-000000000000')`
}

/**
 * For a statement's `with`: each rule of a group that is in force, or that the actor has chosen for it. `in_force` and
 * `chosen` are its levels, null for none; `is_staged` says whether the choice differs.
 */
export function mergedRules({ customer, userId }: Actor, groupId: string): RawBuilder<unknown> {
  return sql`merged as materialized (
    select thing, coalesce(r.service_id, s.service_id) as service_id, coalesce(r.contract_id, s.contract_id) as contract_id,
      r.level as in_force, case when s.thing is null then r.level else s.level end as chosen,
      s.thing is not null as is_staged, s.former, s.rights_version
    from (select o.*, ${thingOf('o')} as thing from user_group_right o
      where o.customer_id = ${customer.id} and o.user_group_id = ${groupId}) r
    full join (select o.*, ${thingOf('o')} as thing from staged_right o
      where o.customer_id = ${customer.id} and o.user_id = ${userId} and o.user_group_id = ${groupId}) s using (thing))`
}
