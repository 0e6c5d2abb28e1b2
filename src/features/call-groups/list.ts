import { sql } from 'kysely'
import { isReserved, reservedFacet } from '#features/line-changes/reserved.ts'
import { ofLine, sameLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { rowFrom } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byText } from '#platform/list/sort-keys.ts'
import { ascending } from '#platform/list/sorting.ts'
import { callGroupRow } from './call-group.ts'
import { groupKinds } from './values.ts'

/** The call groups of the line: at most some hundreds. */
export const callGroupList = defineList({
  seen: (ctx: LineContext) =>
    sql`seen as (select r.customer_id, r.contract_id, r.number, r.name, r.kind, ${isReserved(ctx)} as reserved from pbx.call_group r where ${ofLine(ctx, 'r')})`,
  row: rowFrom(
    callGroupRow,
    sql`(select r.customer_id, r.contract_id, r.number) one
      join pbx.call_group r on ${sameLine('r', 'one')} and r.number = one.number
      join pbx.inside_number i on ${sameLine('i', 'one')} and i.number = one.number`,
  ),
  search: ['r.number', 'r.name'],
  facets: { kind: { values: groupKinds, column: 'r.kind' }, reserved: reservedFacet },
  sortedBy: { number: ascending(), name: ascending(byText('r.name')) },
  last: [byText('r.number')],
})
