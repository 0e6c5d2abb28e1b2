import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { byText } from '#platform/list/sort-keys.ts'
import { ascending, type Sorting, waysOf } from '#platform/list/sorting.ts'

/** How contracts `k` are sorted, with their services `s` and sites `t`. The number, which is nobody else's, settles the rest. */
export const contractOrder = {
  sortedBy: {
    // In the order of urgency: the worst comes first.
    status: ascending({ column: sql`k.urgency`, part: z.string().regex(/^[0-4]$/) }),
    number: ascending(),
    group: ascending(byText(sql`coalesce(k.group_number, '')`)),
    service: ascending(byText((language) => sql.ref(`s.name_${language}`))),
    site: ascending(byText(sql`coalesce(t.name, '')`)),
  },
  last: [byText('k.number')],
}

export type ContractColumn = keyof typeof contractOrder.sortedBy
export const contractColumns: readonly ContractColumn[] = waysOf(contractOrder.sortedBy)
export type ContractSorting = Sorting<ContractColumn>

/** What else has to be read to sort; the page's own facts are read for the page alone. */
export function joinsFor({ by }: ContractSorting): RawBuilder<unknown> {
  if (by === 'service') return sql`join service s on s.id = k.service_id`
  if (by === 'site') return sql`left join site t on t.customer_id = app_customer() and t.id = k.site_id`
  return sql``
}
