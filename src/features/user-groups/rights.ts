import { sql } from 'kysely'
import type { Level } from '#features/rights/level.ts'
import type { Context } from '#features/actor.ts'
import {
  type Fact,
  type Json,
  jsonRow,
  only,
  phrase,
  rowOrNull,
  rowsOf,
  value,
  when,
} from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'
import { type Group, groupOf } from './group.ts'
import { effectCounts, type EffectCounts } from './effect-counts.ts'
import { effectOfGroup } from './inner/effect.ts'
import { mergedRules } from './inner/rules.ts'

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
  const answer = jsonRow<Answer>({
    group: groupOf(actor, groupId),
    all: rowOrNull(rule, sql`merged where service_id is null and contract_id is null`),
    services: rowsOf(serviceRights, {
      from: sql`listed n join service s on s.id = n.service_id join service_category c on c.id = s.service_category_id
        left join merged m on m.service_id = s.id left join of_contract o on o.service_id = s.id`,
      orderBy: sql`c.position, s.position, s.code`,
    }),
    effect: withEffect ? when(sql`exists (select from merged where is_staged)`, effectCounts) : value(sql`null`),
  })
  const { rows } = await sql<Json<Answer>>`
    with ${withEffect ? effectOfGroup(actor, { kind: 'apply', groupId }) : mergedRules(actor, groupId)}, of_contract as (
      select k.service_id, count(*) filter (where m.in_force = 'view') as view_in_force,
        count(*) filter (where m.in_force = 'edit') as edit_in_force, count(*) filter (where m.chosen = 'view') as view_chosen,
        count(*) filter (where m.chosen = 'edit') as edit_chosen, count(*) filter (where m.is_staged) as staged
      from merged m join contract k on k.customer_id = ${actor.customer.id} and k.id = m.contract_id
      where k.ended_on is null group by k.service_id
    ), listed as (
      select service_id from contract_count where customer_id = ${actor.customer.id} and contracts > 0
      union select service_id from merged where service_id is not null
    )
    select ${answer.columns}`.execute(tx)
  const { group, all, services, effect } = answer.read(only(rows))
  return group ? { group, all: all ?? { inForce: null, chosen: null }, services, effect } : undefined
}

const rule = jsonRow<ChosenRule>({ inForce: value('in_force'), chosen: value('chosen') })

const serviceRights = jsonRow<ServiceRights>({
  id: value('s.id'),
  code: value('s.code'),
  name: phrase('s.name'),
  inForce: value('m.in_force'),
  chosen: value('m.chosen'),
  contracts: jsonRow({
    inForce: countsOf('in_force'),
    chosen: countsOf('chosen'),
    staged: value(sql`coalesce(o.staged, 0)`),
  }),
})

function countsOf(rules: 'in_force' | 'chosen'): Fact<RuleCounts> {
  const count = (level: Level): Fact<number> => value(sql`coalesce(${sql.ref(`o.${level}_${rules}`)}, 0)`)
  return jsonRow({ view: count('view'), edit: count('edit') })
}
