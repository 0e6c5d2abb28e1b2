import { type RawBuilder, sql } from 'kysely'
import { ruledLevels } from '#features/rights/rule-layers.ts'
import type { Level } from '#features/rights/level.ts'
import type { Actor, Context } from '#features/actor.ts'
import { jsonRow, phrase, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'
import type { ComingChange } from './effect.ts'
import { groupsOfPeople } from './inner/people-effect.ts'
import { mergedRules } from './inner/rules.ts'

/** A contract for which somebody's level changes. Null: no right. */
export interface ChangedContract {
  number: string
  service: Phrase
  before: Level | null
  after: Level | null
}

/** More are not named one by one. */
export const mostNamed = 100

/** The contracts behind the numbers of an effect, for one of the users concerned: the losses first, up to `mostNamed`. */
export async function listChangedContracts(
  { tx, actor }: Context,
  change: ComingChange,
  userId: string,
): Promise<ChangedContract[]> {
  const { byLayer, joins, highestOf } = ruledLevels('before', 'after')
  const { rows } = await sql<ReturnType<typeof changedContract.read>>`
    with ${rulesOfOne(actor, change, userId)}, ${byLayer}, judged as (
      select k.number, k.service_id, ${highestOf('before')} as before, ${highestOf('after')} as after
      from contract k ${joins} where k.customer_id = ${actor.customer.id} and k.ended_on is null
    )
    select ${changedContract.columns} from judged k join service s on s.id = k.service_id
    where k.before is distinct from k.after
    order by not coalesce(k.after < k.before, k.after is null), k.number limit ${sql.lit(mostNamed)}`.execute(tx)
  return rows
}

const changedContract = jsonRow<ChangedContract>({
  number: value('k.number'),
  service: phrase('s.name'),
  before: value('k.before'),
  after: value('k.after'),
})

/** For a statement's `with`, ending in `rule`: what the groups of one user say before and after. */
function rulesOfOne(actor: Actor, change: ComingChange, userId: string): RawBuilder<unknown> {
  const ofCustomer = sql`customer_id = ${actor.customer.id}`
  const summed = (rules: RawBuilder<unknown>): RawBuilder<unknown> => sql`rule as materialized (
    select service_id, contract_id, max(before) as before, max(after) as after from (${rules}) each_rule group by 1, 2)`
  if (change.kind === 'put-in' || change.kind === 'move' || change.kind === 'shut-out')
    return sql`${groupsOfPeople(actor, { ...change, userIds: change.userIds.filter((id) => id === userId) })}, ${summed(sql`
      select service_id, contract_id, case when user_group_id = any(p.earlier) then level end as before,
        case when user_group_id = any(p.later) then level end as after
      from person p join user_group_right on ${ofCustomer} and user_group_id = any(p.earlier || p.later)`)}`
  const isConcerned = sql`exists (select from user_group_member where ${ofCustomer} and user_id = ${userId} and user_group_id = ${change.groupId})`
  return sql`${mergedRules(actor, change.groupId)}, ${summed(sql`
    select service_id, contract_id, in_force as before, ${change.kind === 'apply' ? sql`chosen` : sql`null::right_level`} as after
    from merged where ${isConcerned}
    union all select service_id, contract_id, level, level from user_group_right where ${ofCustomer}
      and user_group_id <> ${change.groupId} and user_group_id in (
        select user_group_id from user_group_member where ${ofCustomer} and user_id = ${userId})`)}`
}
