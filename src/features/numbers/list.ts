import { sql } from 'kysely'
import type { LineContext } from '#features/lines/open.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger, byText } from '#platform/list/sort-keys.ts'
import { ascending } from '#platform/list/sorting.ts'
import { isReserved, reservedFacet } from '#features/line-changes/reserved.ts'
import { externalNumber, numbersSeen, numberStates } from './number.ts'

/** The external numbers of the line, those without a target first. */
export const numberList = defineList({
  seen: (ctx: LineContext) => sql`seen as (
    select r.*, ${isReserved(ctx)} as reserved, array_position(${[...numberStates]}::text[], r.state) as urgency from (${numbersSeen(ctx)}) r)`,
  row: externalNumber,
  search: (terms) =>
    terms.length === 0
      ? sql<boolean>`true`
      : sql<boolean>`fold_search(concat_ws(E'\n', r.number, r.memo, r.target,
          (select e.name from pbx.extension e where e.customer_id = r.customer_id and e.contract_id = r.contract_id and e.number = r.target),
          (select g.name from pbx.call_group g where g.customer_id = r.customer_id and g.contract_id = r.contract_id and g.number = r.target)))
          like all (array(select search_pattern(term) from unnest(${terms}::text[]) term))`,
  facets: { state: { values: numberStates, column: 'r.state' }, reserved: reservedFacet },
  sortedBy: {
    state: ascending(byInteger('r.urgency')),
    number: ascending(),
  },
  last: [byText('r.number')],
})
