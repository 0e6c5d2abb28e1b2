import { sql } from 'kysely'
import type { Level } from '#features/rights/level.ts'
import { ruledLevels } from '#features/rights/rule-layers.ts'
import type { Context } from '#features/actor.ts'
import { phrase } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'

/** A level, and for how many contracts of a service it is given. */
export interface Given {
  service: Phrase
  level: Level
  contracts: number
}

/** What groups together give their members: by service, in the operator's order, the higher level first. */
export async function findGiven({ tx, actor }: Context, groupIds: readonly string[]): Promise<Given[]> {
  if (groupIds.length === 0) return []
  const { byLayer, joins, highestOf } = ruledLevels('level')
  const { rows } = await sql<Given>`
    with rule as materialized (
      select service_id, contract_id, max(level) as level from user_group_right
      where customer_id = ${actor.customer.id} and user_group_id = any(${groupIds}::uuid[]) group by service_id, contract_id
    ), ${byLayer}, judged as (
      select k.service_id, ${highestOf('level')} as level from contract k ${joins}
      where k.customer_id = ${actor.customer.id} and k.ended_on is null
    ), counted as (
      select service_id, level, count(*) as contracts from judged where level is not null group by service_id, level
    )
    select ${phrase('s.name').json} as service, d.level, d.contracts
    from counted d join service s on s.id = d.service_id join service_category c on c.id = s.service_category_id
    order by c.position, s.position, s.code, d.level desc`.execute(tx)
  return rows
}
