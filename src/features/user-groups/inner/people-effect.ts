import { type RawBuilder, sql } from 'kysely'
import { highestOf } from '#features/rights/rule-layers.ts'
import type { Actor } from '#features/actor.ts'

/** What is about to happen to some users. */
export type PeopleChange = { userIds: readonly string[] } & (
  | { kind: 'put-in'; groupId: string }
  /** Of those who are in the one group. */
  | { kind: 'move'; from: string; to: string }
  /** They are suspended or deleted. Whoever is suspended already has nothing to lose. */
  | { kind: 'shut-out' }
)

/**
 * For a statement's `with`, ending in `effect` as `effectOfGroup` does. Users who leave the same groups for the same others are
 * judged once; contracts are looked at singly where one of their groups has a rule for them, all others by the kept counts.
 */
export function effectOfPeople(actor: Actor, change: PeopleChange): RawBuilder<unknown> {
  const customer = sql`${actor.customer.id}::uuid`
  return sql`${groupsOfPeople(actor, change)}, profile as materialized (
      select row_number() over () as profile, earlier, later, array_agg(user_id) as users
      from person where earlier is distinct from later group by earlier, later
    ), rule as materialized (
      select profile, service_id, contract_id, max(level) filter (where user_group_id = any(earlier)) as before,
        max(level) filter (where user_group_id = any(later)) as after
      from profile join user_group_right on customer_id = ${customer} and user_group_id = any(earlier || later) group by 1, 2, 3
    ), rule_for_all as materialized (
      select profile, before, after from rule where service_id is null and contract_id is null
    ), rule_of_service as materialized (
      select profile, service_id, before, after from rule where service_id is not null
    ), single as materialized (
      select r.profile, k.service_id, r.before, r.after, 1 as contracts from rule r
      join contract k on k.customer_id = ${customer} and k.id = r.contract_id where k.ended_on is null
    ), piece as (
      select profile, service_id, before, after, contracts from single
      union all
      select p.profile, k.service_id, null, null, k.contracts - coalesce(s.singles, 0) from profile p
      cross join (select service_id, sum(contracts) as contracts from contract_count where customer_id = ${customer} group by 1) k
      left join (select profile, service_id, count(*) as singles from single group by 1, 2) s
        on s.profile = p.profile and s.service_id = k.service_id
    ), judged as (
      select p.profile, p.service_id, p.contracts, ${highestOf('p.before', 's.before', 'a.before')} as before,
        ${highestOf('p.after', 's.after', 'a.after')} as after
      from piece p left join rule_of_service s on s.profile = p.profile and s.service_id = p.service_id
      left join rule_for_all a on a.profile = p.profile where p.contracts > 0
    ), effect as materialized (
      select user_id, service_id, before, after, contracts from (
        select profile, service_id, before, after, sum(contracts)::int as contracts from judged
        where before is distinct from after group by 1, 2, 3, 4) by_profile
      join profile using (profile) cross join unnest(users) user_id)`
}

/** For a statement's `with`: in `person` the groups of each user, before and after. */
export function groupsOfPeople({ customer }: Actor, change: PeopleChange): RawBuilder<unknown> {
  return sql`member as materialized (
      select u.id as user_id, u.urgency, array(select m.user_group_id from user_group_member m
        where m.customer_id = u.customer_id and m.user_id = u.id order by 1) as earlier
      from portal_user u where u.customer_id = ${customer.id} and u.id = any(${change.userIds}::uuid[]) and u.urgency is not null
    ), person as materialized (
      select user_id, earlier, array(select distinct unnest(${groupsAfter(change)}) order by 1) as later from member)`
}

function groupsAfter(change: PeopleChange): RawBuilder<unknown> {
  if (change.kind === 'put-in') return sql`earlier || ${change.groupId}::uuid`
  if (change.kind === 'move')
    return sql`case when ${change.from}::uuid = any(earlier)
      then array_remove(earlier, ${change.from}::uuid) || ${change.to}::uuid else earlier end`
  return sql`case when urgency = ${sql.lit(suspended)} then earlier else '{}' end`
}

/** As `portal_user.urgency` has it. */
const suspended = 2
