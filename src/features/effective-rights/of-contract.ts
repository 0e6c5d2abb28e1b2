import { type RawBuilder, sql } from 'kysely'
import { type Level, levels } from '#features/rights/level.ts'
import { touches } from '#features/rights/rule-layers.ts'
import type { Actor, Context, Role } from '#features/actor.ts'
import { type PeriodStage, stageOf } from '#features/periods-of-use/period.ts'
import type { GroupUserState } from '#features/user-groups/list-users.ts'
import { byUserName } from '#features/user-order.ts'
import { jsonRow, phrase, rowOrNull, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { foldedHolds } from '#platform/list/keywords.ts'
import { ascending } from '#platform/list/sorting.ts'
import type { Phrase } from '#platform/words.ts'
import { reasonColumns, type Reasons, reasonsOf } from './reason.ts'

/** A contract of the customer, whether or not the administrator who asks may see what is in it. */
export interface NamedContract {
  id: string
  number: string
  service: Phrase
  site: string | null
}

/** A user who may see a contract, how far, and why. */
export interface ContractRight extends Reasons {
  user: { id: string; name: string; mail: string; role: Role; state: GroupUserState; stage: PeriodStage }
  level: Level
}

/** Who may see or edit a contract; and the contract, unless it has ended. */
export const contractRightList = defineList({
  // The members of each group are read by themselves: who plans knows how many groups touch a contract by guess alone.
  seen: ({ actor, now }: Context, { contractId }: OfContract) => sql`${touching(actor, contractId)}, seen as (
    select u.id, u.name, u.kana_order, u.mail, u.role, u.state, ${stageOf(actor.customer.id, now)} as stage, u.search, v.level, v.reasons from portal_user u join (
      select m.user_id, max(o.level) as level, count(*)::int as reasons from touching o cross join lateral (
        select user_id from user_group_member where customer_id = ${actor.customer.id} and user_group_id = o.group_id offset 0) m
      group by m.user_id) v on v.user_id = u.id
    where u.customer_id = ${actor.customer.id} and u.urgency is not null)`,
  row: ({ actor }: Context) =>
    jsonRow<ContractRight>({
      user: jsonRow({
        id: value('r.id'),
        name: value('r.name'),
        mail: value('r.mail'),
        role: value('r.role'),
        state: value('r.state'),
        stage: value('r.stage'),
      }),
      level: value('r.level'),
      reasons: reasonsOf(sql`select o.level, o.layer, o.group_id, o.number, o.name, greatest(o.since, m.since) as since
        from user_group_member m join touching o on o.group_id = m.user_group_id
        where m.customer_id = ${actor.customer.id} and m.user_id = r.id`),
      reasonCount: value('r.reasons'),
    }),
  search: (terms) => foldedHolds(terms, 'r.search'),
  facets: { level: { values: levels, column: 'r.level' } },
  sortedBy: { name: ascending() },
  last: byUserName,
  beside: () => rowOrNull(namedContract, sql`subject k`),
})

const namedContract = jsonRow<NamedContract>({
  id: value('k.id'),
  number: value('k.number'),
  service: phrase('k.name'),
  site: value('k.site'),
})

interface OfContract {
  contractId: string
}

/** For a statement's `with`: the contract as `subject`, and in `touching` each rule that touches it, with its group. */
function touching({ customer }: Actor, contractId: string): RawBuilder<unknown> {
  return sql`subject as materialized (
      select k.id, k.number, k.service_id, s.name_ja, s.name_en, t.name as site
      from contract k join service s on s.id = k.service_id
      left join site t on t.customer_id = k.customer_id and t.id = k.site_id
      where k.customer_id = ${customer.id} and k.id = ${contractId} and k.ended_on is null
    ), touching as materialized (
      select ${reasonColumns}, x.since from subject k join user_group_right x on x.customer_id = ${customer.id}
        and ${touches('x', { id: 'k.id', service: 'k.service_id' })}
      join user_group g on g.customer_id = x.customer_id and g.id = x.user_group_id)`
}
