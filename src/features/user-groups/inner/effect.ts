import { type RawBuilder, sql } from 'kysely'
import { highestOf, ruledLevels } from '#features/rights/rule-layers.ts'
import type { Actor } from '#features/actor.ts'
import { mergedRules } from './rules.ts'

/** What is about to happen to a group. */
export type GroupChange =
  /** The actor's choices are put into force. */
  | { kind: 'apply'; groupId: string }
  | { kind: 'delete'; groupId: string }
  /** These users are taken out of it. */
  | { kind: 'take-out'; groupId: string; userIds: readonly string[] }

/**
 * For a statement's `with`, ending in `effect`: whose level for how many contracts of which service changes by what is about
 * to happen, over all groups of each user. A null level is no right.
 *
 * Only contracts that a group concerned has a rule of its own for are looked at singly; all others of a service are as many as
 * the kept counts say. Contracts to which the group gives one thing before and another after lie in piles of the same service,
 * before and after. Users with the same other groups are judged once, by pile: what their other groups give for single contracts
 * is a string of bits, one for each contract of the pile that is looked at singly. So thousands of users never meet thousands of
 * contracts as rows.
 */
export function effectOfGroup(actor: Actor, change: GroupChange): RawBuilder<unknown> {
  return sql`${mergedRules(actor, change.groupId)}, ${profilesOf(actor, change)}, ${changingOf(actor, change)},
    ${othersOf()}, part as (
      select profile, pile, null::right_level as level, contracts - coalesce(seen, 0) as contracts
      from profile cross join pile left join covered using (profile, pile)
      union all select profile, pile, 'view', seen - edited from covered
      union all select profile, pile, 'edit', edited from covered
    ), judged as (
      select p.profile, t.service_id, p.contracts, ${highestOf('t.before', 'a.level', 's.level', 'p.level')} as before,
        ${highestOf('t.after', 'a.level', 's.level', 'p.level')} as after
      from part p join pile t using (pile) left join wider a on a.profile = p.profile and a.service_id is null
      left join wider s on s.profile = p.profile and s.service_id = t.service_id where p.contracts > 0
    ), effect as materialized (
      select user_id, service_id, before, after, contracts from (
        select profile, service_id, before, after, sum(contracts)::int as contracts from judged
        where before is distinct from after group by 1, 2, 3, 4) by_profile
      join profile using (profile) cross join unnest(users) user_id)`
}

/** Who is affected, by the other groups that they are in. */
function profilesOf({ customer }: Actor, change: GroupChange): RawBuilder<unknown> {
  const affected = change.kind === 'take-out' ? sql`m.user_id = any(${change.userIds}::uuid[])` : sql`true`
  return sql`person as (
      select m.user_id, array_remove(array_agg(o.user_group_id order by o.user_group_id), m.user_group_id) as others
      from user_group_member m join portal_user u on u.customer_id = m.customer_id and u.id = m.user_id
      join user_group_member o on o.customer_id = m.customer_id and o.user_id = m.user_id
      where m.customer_id = ${customer.id} and m.user_group_id = ${change.groupId} and u.urgency is not null and ${affected}
      group by m.user_id, m.user_group_id
    ), profile as materialized (
      select row_number() over () as profile, others, array_agg(user_id) as users from person group by others
    ), in_other as materialized (
      select profile, user_group_id from profile cross join unnest(others) user_group_id
    ), other_rule as materialized (
      select user_group_id, service_id, contract_id, level from user_group_right
      where customer_id = ${customer.id} and user_group_id in (select user_group_id from in_other)
    )`
}

/**
 * The contracts with a rule of their own whose level changes as far as the group alone goes, each with its place in its pile; and
 * the piles, with what else is in them.
 */
function changingOf({ customer }: Actor, { kind }: GroupChange): RawBuilder<unknown> {
  const after = kind === 'apply' ? sql`chosen` : sql`null::right_level`
  const levels = ruledLevels('before', 'after')
  return sql`rule as materialized (
      select service_id, contract_id, in_force as before, ${after} as after from merged
    ), ${levels.byLayer}, single as materialized (
      select k.id, k.service_id, ${levels.highestOf('before')} as before, ${levels.highestOf('after')} as after
      from (select contract_id from rule union select contract_id from other_rule) ruled
      join contract k on k.customer_id = ${customer.id} and k.id = ruled.contract_id ${levels.joins}
      where k.ended_on is null
    ), alike as (
      select service_id, before, after, count(*) as singles, 0 as others from single group by 1, 2, 3
      union all
      select k.service_id, ${highestOf('rule_of_service.before', 'rule_for_all.before')}, ${highestOf('rule_of_service.after', 'rule_for_all.after')},
        0, k.others
      from (
        select service_id, sum(contracts) as others from (
          select service_id, contracts from contract_count where customer_id = ${customer.id}
          union all select service_id, -1 from single) each_count group by 1) k
      cross join rule_for_all left join rule_of_service on rule_of_service.service_id = k.service_id
    ), pile as materialized (
      select row_number() over () as pile, service_id, before, after, sum(singles)::int as singles, sum(singles + others)::int as contracts
      from alike where before is distinct from after group by service_id, before, after
    ), changing as materialized (
      select single.id, pile.pile, pile.singles, row_number() over (partition by pile.pile order by single.id) as place
      from single join pile on pile.service_id = single.service_id
        and pile.before is not distinct from single.before and pile.after is not distinct from single.after
    )`
}

/** What the other groups give: `wider` for all services or whole ones, `covered` for how many single contracts of a pile. */
function othersOf(): RawBuilder<unknown> {
  return sql`wider as materialized (
      select profile, service_id, max(level) as level from in_other join other_rule using (user_group_id)
      where contract_id is null group by 1, 2
    ), given_singly as (
      select r.user_group_id, c.pile, c.place, c.singles, r.level, (c.place - 1 - lag(c.place, 1, 0::bigint) over in_pile)::int as gap
      from other_rule r join changing c on c.id = r.contract_id
      window in_pile as (partition by r.user_group_id, c.pile order by c.place)
    ), bits_of_group as materialized (
      select user_group_id, pile, ${bitsOf(sql`'1'`)} as seen, ${bitsOf(sql`case level when 'edit' then '1' else '0' end`)} as edited
      from given_singly group by user_group_id, pile
    ), covered as materialized (
      select profile, pile, bit_count(bit_or(seen)) as seen, bit_count(bit_or(edited)) as edited
      from in_other join bits_of_group using (user_group_id) group by 1, 2
    )`
}

/** One bit for each contract of a pile that is looked at singly, at its place; those between the contracts that are given are 0. */
function bitsOf(bit: RawBuilder<string>): RawBuilder<unknown> {
  return sql`rpad(string_agg(repeat('0', gap) || ${bit}, '' order by place), max(singles), '0')::bit varying`
}
