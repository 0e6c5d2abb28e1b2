import { type RawBuilder, sql } from 'kysely'
import { type Fact, jsonRow, rowsOf, value } from '#platform/database/json-row.ts'
import { type Rule, type Scope, scopeOf } from './scope.ts'

/** Rules of one layer and level; single contracts, which may be thousands, in one text. */
export interface RuleRow {
  service: string | null
  contracts: string | null
  level: Rule['level']
}

/** What some groups of a customer allow; `groups` selects their ids. */
export function rulesOfGroups(customer: RawBuilder<unknown>, groups: RawBuilder<unknown>): Fact<RuleRow[]> {
  return rowsOf(ruleRow, {
    from: sql`(
      select r.service_id, r.level, string_agg(r.contract_id::text, ',' order by r.contract_id) as contracts
      from user_group_right r where r.customer_id = ${customer} and r.user_group_id in (${groups})
      group by r.service_id, r.level, r.contract_id is null) each_layer`,
  })
}

const ruleRow = jsonRow<RuleRow>({
  service: value('service_id'),
  contracts: value('contracts'),
  level: value('level'),
})

/** Selects the ids of the groups that a user is in. */
export function groupsOfUser(customer: RawBuilder<unknown>, user: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select m.user_group_id from user_group_member m where m.customer_id = ${customer} and m.user_id = ${user}`
}

export function scopeOfRows(rows: readonly RuleRow[]): Scope {
  return scopeOf(rows.flatMap(rulesOf))
}

function rulesOf({ service, contracts, level }: RuleRow): Rule[] {
  if (contracts === null) return [{ service, contract: null, level }]
  return contracts.split(',').map((contract) => ({ service, contract, level }))
}
