import { sql } from 'kysely'
import type { Level } from '#features/rights/level.ts'
import type { Context } from '#features/actor.ts'
import type { Phrase } from '#platform/words.ts'
import { type Group, groupJson } from './group.ts'
import { effectCounts, type EffectCounts } from './effect-counts.ts'
import { effectOf } from './inner/effect.ts'

/** A rule as it is in force, and as the actor has chosen it; they differ until it is applied. */
export interface ChosenRule {
  inForce: Level | null
  chosen: Level | null
}

/** How many contracts have a rule of their own, by its level. */
export type RuleCounts = Record<Level, number>

export interface ServiceRights extends ChosenRule {
  id: string
  code: string
  name: Phrase
  contracts: { inForce: RuleCounts; chosen: RuleCounts; staged: number }
}

export interface GroupRights {
  group: Group
  all: ChosenRule
  /** Those of which the customer has contracts or the group has a rule, in the operator's order. */
  services: ServiceRights[]
  /** What would follow from what the actor has chosen; null when nothing is, or when it was not asked for. */
  effect: EffectCounts | null
}

interface Answer extends Omit<GroupRights, 'group' | 'all'> {
  group: Group | null
  all: ChosenRule | null
}

/** What a group allows, and what it will once the actor's choices are applied. */
export async function findGroupRights(
  { tx, actor }: Context,
  groupId: string,
  { withEffect = false }: { withEffect?: boolean } = {},
): Promise<GroupRights | undefined> {
  const { rows } = await sql<Answer>`
    with ${effectOf(actor, groupId, { kind: 'apply' })}, of_contract as (
      select k.service_id, count(*) filter (where m.in_force = 'view') as view_in_force,
        count(*) filter (where m.in_force = 'edit') as edit_in_force, count(*) filter (where m.chosen = 'view') as view_chosen,
        count(*) filter (where m.chosen = 'edit') as edit_chosen, count(*) filter (where m.is_staged) as staged
      from merged m join contract k on k.customer_id = ${actor.customer.id} and k.id = m.contract_id
      where k.ended_on is null group by k.service_id
    ), listed as (
      select service_id from contract_count where customer_id = ${actor.customer.id} and contracts > 0
      union select service_id from merged where service_id is not null
    )
    select ${groupJson(actor, groupId)} as group,
      (select json_build_object('inForce', in_force, 'chosen', chosen) from merged
        where service_id is null and contract_id is null) as all,
      case when ${sql.lit(withEffect)} and exists (select from merged where is_staged) then ${effectCounts} end as effect,
      coalesce((
        select json_agg(json_build_object('id', s.id, 'code', s.code, 'name', json_build_object('ja', s.name_ja, 'en', s.name_en),
          'inForce', m.in_force, 'chosen', m.chosen, 'contracts', json_build_object(
            'inForce', json_build_object('view', coalesce(o.view_in_force, 0), 'edit', coalesce(o.edit_in_force, 0)),
            'chosen', json_build_object('view', coalesce(o.view_chosen, 0), 'edit', coalesce(o.edit_chosen, 0)),
            'staged', coalesce(o.staged, 0))) order by c.position, s.position, s.code)
        from listed n join service s on s.id = n.service_id join service_category c on c.id = s.service_category_id
        left join merged m on m.service_id = s.id left join of_contract o on o.service_id = s.id), '[]') as services`.execute(
    tx,
  )
  const [found] = rows
  if (!found?.group) return undefined
  const { group, all, services, effect } = found
  return { group, all: all ?? { inForce: null, chosen: null }, services, effect }
}
