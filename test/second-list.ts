import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger, byText } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'

export const placeUses = ['used', 'unused'] as const
export type PlaceUse = (typeof placeUses)[number]

interface Place {
  id: string
  code: string
  name: string
  use: PlaceUse
  contracts: number
}

/** The sites of the customer: a list as somebody writes it for the first time. */
export const placeList = defineList({
  seen: ({ actor }: Context) => sql`seen as (
    select t.id, t.code, t.name, count(k.id)::int as contracts, case when count(k.id) > 0 then 'used' else 'unused' end as use
    from site t left join contract k on k.customer_id = t.customer_id and k.site_id = t.id
    where t.customer_id = ${actor.customer.id} group by t.id)`,
  row: jsonRow<Place>({
    id: value('r.id'),
    code: value('r.code'),
    name: value('r.name'),
    use: value('r.use'),
    contracts: value('r.contracts'),
  }),
  search: ['r.code', 'r.name'],
  facets: { use: { values: placeUses, column: 'r.use' } },
  sortedBy: {
    name: ascending(byText('r.name')),
    contracts: descending(byInteger('r.contracts')),
  },
  last: [byText('r.code')],
})
