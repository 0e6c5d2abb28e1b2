import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#features/sessions/actor.ts'
import { mergedRules } from './rules.ts'

/** What is about to happen to a group. */
export type Change =
  /** The actor's choices are put into force. */
  | { kind: 'apply' }
  | { kind: 'delete' }
  /** These users are taken out of it. */
  | { kind: 'take-out'; userIds: readonly string[] }

/**
 * For a statement's `with`, ending in `effect`: whose level for how many contracts of which service changes by what is about
 * to happen, over all groups of each user. A null level is no right.
 *
 * Users with the same other groups are judged once. Contracts that some rule names are judged one by one, all others of a
 * service together. The long parts are put together by grouping, not by joins: whatever the planner believes of their
 * length, it takes one pass.
 */
export function effectOf(actor: Actor, groupId: string, change: Change): RawBuilder<unknown> {
  const customer = sql`customer_id = ${actor.customer.id}`
  return sql`${mergedRules(actor, groupId)}, ${rulesAround(actor, groupId, change)}, named as materialized (
      select k.id, k.service_id, n.before, n.after from (
        select contract_id, max(before) as before, max(after) as after from (
          select contract_id, before, after from rule where contract_id is not null
          union all select contract_id, null, null from other where contract_id is not null) each_rule
        group by contract_id) n join contract k on k.${customer} and k.id = n.contract_id
      where k.ended_on is null
    ), named_by_profile as (
      select id, contract_id, max(service_id::text)::uuid as service_id, max(before) as before, max(after) as after, max(level) as level
      from (
        select p.id, n.id as contract_id, n.service_id, n.before, n.after, null::right_level as level from profile p cross join named n
        union all select id, contract_id, null, null, null, level from other where contract_id is not null) each_level
      group by id, contract_id
    ), pile as materialized (
      select id, service_id, before, after, level, count(*) as contracts from named_by_profile
      where service_id is not null group by 1, 2, 3, 4, 5
      union all
      select p.id, c.service_id, null, null, null, c.contracts - coalesce(n.contracts, 0) from profile p cross join (
        select service_id, sum(contracts) as contracts from contract_count where ${customer} group by 1) c
      left join (select service_id, count(*) as contracts from named group by 1) n on n.service_id = c.service_id
    ), judged as (
      select p.users, t.service_id, t.contracts, greatest(t.before, t.level, w.before, s.before, ow.level, os.level) as before,
        greatest(t.after, t.level, w.after, s.after, ow.level, os.level) as after
      from pile t join profile p on p.id = t.id cross join whole w left join rule_of_service s on s.service_id = t.service_id
      left join other_wider ow on ow.id = t.id and ow.service_id is null
      left join other_wider os on os.id = t.id and os.service_id = t.service_id
    ), effect as materialized (
      select user_id, service_id, before, after, sum(contracts)::int as contracts
      from judged cross join unnest(users) user_id
      where before is distinct from after and contracts > 0 group by 1, 2, 3, 4)`
}

/** The group's rules before and after, who is affected, and what their other groups give. */
function rulesAround({ customer }: Actor, groupId: string, change: Change): RawBuilder<unknown> {
  const after = change.kind === 'apply' ? sql`chosen` : sql`null::right_level`
  const affected = change.kind === 'take-out' ? sql`m.user_id = any(${change.userIds}::uuid[])` : sql`true`
  return sql`rule as materialized (
      select service_id, contract_id, in_force as before, ${after} as after from merged
    ), whole as materialized (
      select max(before) as before, max(after) as after from rule where service_id is null and contract_id is null
    ), rule_of_service as materialized (
      select service_id, before, after from rule where service_id is not null
    ), person as (
      select m.user_id, array(
        select o.user_group_id from user_group_member o
        where o.customer_id = ${customer.id} and o.user_id = m.user_id and o.user_group_id <> m.user_group_id order by 1) as others
      from user_group_member m join portal_user u on u.customer_id = m.customer_id and u.id = m.user_id
      where m.customer_id = ${customer.id} and m.user_group_id = ${groupId} and u.state <> 'deleted' and ${affected}
    ), profile as materialized (
      select row_number() over () as id, others, array_agg(user_id) as users from person group by others
    ), other as materialized (
      select p.id, o.service_id, o.contract_id, max(o.level) as level from profile p
      join user_group_right o on o.customer_id = ${customer.id} and o.user_group_id = any(p.others) group by 1, 2, 3
    ), other_wider as materialized (
      select id, service_id, level from other where contract_id is null
    )`
}
