import { type RawBuilder, sql } from 'kysely'
import { highestOf, ruledLevels } from '#features/rights/rule-layers.ts'
import type { Actor } from '#features/actor.ts'
import { mergedRules } from './rules.ts'

/** What is about to happen to a group. */
export type ComingChange =
  /** The actor's choices are put into force. */
  | { kind: 'apply' }
  | { kind: 'delete' }
  /** These users are taken out of it. */
  | { kind: 'take-out'; userIds: readonly string[] }

/**
 * For a statement's `with`, ending in `effect`: whose level for how many contracts of which service changes by what is about
 * to happen, over all groups of each user. A null level is no right.
 *
 * Contracts to which the group gives one thing before and another after lie in piles of the same service, before and after.
 * Users with the same other groups are judged once, by pile: what their other groups give for single contracts is a string
 * of bits, one for each contract of the pile. So thousands of users never meet thousands of contracts as rows.
 */
export function effectOf(actor: Actor, groupId: string, change: ComingChange): RawBuilder<unknown> {
  return sql`${mergedRules(actor, groupId)}, ${changingOf(actor, change)}, ${profilesOf(actor, groupId, change)},
    ${othersOf(actor)}, judged as (
      select p.users, t.service_id, l.contracts, ${highestOf('t.before', 'a.level', 's.level', 'l.level')} as before,
        ${highestOf('t.after', 'a.level', 's.level', 'l.level')} as after
      from profile p cross join pile t
      left join wider a on a.profile = p.profile and a.service_id is null
      left join wider s on s.profile = p.profile and s.service_id = t.service_id
      left join covered c on c.profile = p.profile and c.pile = t.pile
      cross join lateral (values
        (null, t.contracts - coalesce(c.seen, 0)), ('view'::right_level, c.seen - c.edited), ('edit'::right_level, c.edited)
      ) as l (level, contracts)
    ), effect as materialized (
      select user_id, service_id, before, after, sum(contracts)::int as contracts
      from judged cross join unnest(users) user_id
      where before is distinct from after and contracts > 0 group by 1, 2, 3, 4)`
}

/** The contracts whose level changes as far as the group alone goes, each with its place in its pile; and the piles. */
function changingOf({ customer }: Actor, { kind }: ComingChange): RawBuilder<unknown> {
  const after = kind === 'apply' ? sql`chosen` : sql`null::right_level`
  const levels = ruledLevels('before', 'after')
  return sql`rule as materialized (
      select service_id, contract_id, in_force as before, ${after} as after from merged
    ), ${levels.byLayer}, changing as materialized (
      select k.id, k.service_id, level.before, level.after, row_number() over (alike order by k.id) as place,
        (count(*) over alike)::int as contracts, dense_rank() over (order by k.service_id, level.before, level.after) as pile
      from contract k ${levels.joins}
      cross join lateral (select ${levels.highestOf('before')} as before, ${levels.highestOf('after')} as after) level
      where k.customer_id = ${customer.id} and k.ended_on is null and level.before is distinct from level.after
      window alike as (partition by k.service_id, level.before, level.after)
    ), pile as materialized (
      select pile, service_id, before, after, contracts from changing where place = 1
    )`
}

/** Who is affected, by the other groups that they are in. */
function profilesOf({ customer }: Actor, groupId: string, change: ComingChange): RawBuilder<unknown> {
  const affected = change.kind === 'take-out' ? sql`m.user_id = any(${change.userIds}::uuid[])` : sql`true`
  return sql`person as (
      select m.user_id, array_remove(array_agg(o.user_group_id order by o.user_group_id), m.user_group_id) as others
      from user_group_member m join portal_user u on u.customer_id = m.customer_id and u.id = m.user_id
      join user_group_member o on o.customer_id = m.customer_id and o.user_id = m.user_id
      where m.customer_id = ${customer.id} and m.user_group_id = ${groupId} and u.state <> 'deleted' and ${affected}
      group by m.user_id, m.user_group_id
    ), profile as materialized (
      select row_number() over () as profile, others, array_agg(user_id) as users from person group by others
    ), in_other as materialized (
      select profile, user_group_id from profile cross join unnest(others) user_group_id
    )`
}

/** What the other groups give: `wider` for all services or whole ones, `covered` for how many single contracts of a pile. */
function othersOf({ customer }: Actor): RawBuilder<unknown> {
  return sql`wider_rule as materialized (
      select user_group_id, service_id, level from user_group_right
      where customer_id = ${customer.id} and contract_id is null and user_group_id in (select user_group_id from in_other)
    ), wider as materialized (
      select profile, service_id, max(level) as level from in_other join wider_rule using (user_group_id) group by 1, 2
    ), given_singly as (
      select r.user_group_id, c.pile, c.place, c.contracts, r.level, (c.place - 1 - lag(c.place, 1, 0::bigint) over in_pile)::int as gap
      from user_group_right r join changing c on c.id = r.contract_id
      where r.customer_id = ${customer.id} and r.user_group_id in (select user_group_id from in_other)
      window in_pile as (partition by r.user_group_id, c.pile order by c.place)
    ), bits_of_group as materialized (
      select user_group_id, pile, ${bitsOf(sql`'1'`)} as seen, ${bitsOf(sql`case level when 'edit' then '1' else '0' end`)} as edited
      from given_singly group by user_group_id, pile
    ), covered as materialized (
      select profile, pile, bit_count(bit_or(seen)) as seen, bit_count(bit_or(edited)) as edited
      from in_other join bits_of_group using (user_group_id) group by 1, 2
    )`
}

/** One bit for each contract of a pile, at its place; those between the contracts that are given are 0. */
function bitsOf(bit: RawBuilder<string>): RawBuilder<unknown> {
  return sql`rpad(string_agg(repeat('0', gap) || ${bit}, '' order by place), max(contracts), '0')::bit varying`
}
