import { type RawBuilder, sql } from 'kysely'
import { type Level, levels } from '#features/rights/level.ts'
import { touchesService } from '#features/rights/rule-layers.ts'
import { foundContracts, levelsBy } from '#features/rights/seen.ts'
import type { Actor, Context } from '#features/actor.ts'
import { jsonRow, phrase, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byText } from '#platform/list/sort-keys.ts'
import { ascending } from '#platform/list/sorting.ts'
import type { Phrase } from '#platform/words.ts'
import type { Person } from './person.ts'
import { mostReasons, reasonColumns, type Reasons, reasonsOf } from './reason.ts'

/** A contract that a user may see, how far, and why. */
export interface UserRight extends Reasons {
  id: string
  number: string
  service: Phrase
  site: string | null
  level: Level
}

/**
 * What a user may see by all groups together. Contracts that a rule of their own raises are looked at singly; all others of a
 * service are as many as the kept counts say, and are read in order. Reasons are read for the rows of the page alone.
 */
export const userRightList = defineList({
  seen({ actor }: Context, { id, scope }: Person, { terms, firstOf }) {
    const { ruled, ruledIds, levelOf, levelOfService } = levelsBy(scope)
    const level = levelOf({ id: 'k.id', service: 'k.service_id' })
    const ofService = levelOfService('k.service_id')
    const part = (contracts: RawBuilder<unknown>, which: RawBuilder<unknown>): RawBuilder<unknown> => sql`
      select k.id, k.number, k.service_id, s.name_ja, s.name_en, t.name as site, ${level} as level
      from ${contracts} join service s on s.id = k.service_id left join site t on t.customer_id = k.customer_id and t.id = k.site_id
      where k.customer_id = ${actor.customer.id} and k.ended_on is null and ${which}`
    const raised = part(sql`${ruledIds} own join contract k using (id)`, sql`${level} is distinct from ${ofService}`)
    const others = part(sql`contract k`, sql`${ofService} is not null and k.id not in (select id from raised)`)
    const matching = sql`matching as materialized (select id from ${foundContracts(scope, terms)}),`
    return sql`${ruled}, ${reasonsFor(actor, id).broad}, ${terms.length > 0 ? matching : sql``}
      raised as materialized (${raised}), seen as (table raised union all ${firstOf(others)})`
  },
  known({ actor }: Context, { scope }: Person) {
    const ofService = levelsBy(scope).levelOfService('service_id')
    return sql`(
      select json_object_agg(level, contracts) from (
        select level, sum(contracts) as contracts from (
          select ${ofService} as level, contracts from contract_count where customer_id = ${actor.customer.id}
          union all select level, 1 from raised
          union all select ${ofService}, -1 from raised) each_count
        where level is not null group by level having sum(contracts) > 0) by_level)`
  },
  row({ actor }: Context, { id }: Person) {
    const { reasons, reasonCount } = reasonsFor(actor, id)
    return jsonRow<UserRight>({
      id: value('r.id'),
      number: value('r.number'),
      service: phrase('r.name'),
      site: value('r.site'),
      level: value('r.level'),
      reasons,
      reasonCount: value(reasonCount),
    })
  },
  search: (terms) => (terms.length > 0 ? sql`r.id in (select id from matching)` : sql`true`),
  facets: { level: { values: levels, column: 'r.level', has: (level) => sql`r.level = ${sql.lit(level)}` } },
  sortedBy: {
    number: ascending(),
    service: ascending(byText((language) => sql.ref(`r.name_${language}`))),
    site: ascending(byText(sql`coalesce(r.site, '')`)),
  },
  last: [byText('r.number')],
})

/**
 * Rules for all services or for one are ranked once, in `broad`, for they are the same for many contracts; those for single
 * contracts are found by the contract.
 */
function reasonsFor({ customer }: Actor, userId: string) {
  const from = (rules: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    user_group_right x join user_group g on g.customer_id = x.customer_id and g.id = x.user_group_id
    join user_group_member m on m.customer_id = x.customer_id and m.user_group_id = x.user_group_id and m.user_id = ${userId}
    where x.customer_id = ${customer.id} and ${rules}`
  const ofRow = touchesService('b', 'r.service_id')
  const since = sql`greatest(x.since, m.since)`
  const narrow = from(sql`x.contract_id = r.id`)
  return {
    broad: sql`broad as materialized (
      select * from (
        select x.service_id, ${reasonColumns}, ${since} as since, row_number() over (partition by x.service_id order by x.level desc, g.number) as rank,
          count(*) over (partition by x.service_id) as peers
        from ${from(sql`x.contract_id is null`)}) ranked
      where rank <= ${sql.lit(mostReasons)})`,
    reasons: reasonsOf(sql`
      select b.level, b.layer, b.group_id, b.number, b.name, b.since from broad b where ${ofRow}
      union all select ${reasonColumns}, ${since} as since from ${narrow}`),
    reasonCount: sql<number>`((select coalesce(sum(peers), 0) from broad b where b.rank = 1 and ${ofRow}) + (select count(*) from ${narrow}))::int`,
  }
}
