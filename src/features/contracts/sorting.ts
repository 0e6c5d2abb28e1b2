import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { RowKey, SortOrder } from '#platform/list/paging.ts'
import type { Language } from '#platform/words.ts'

export const contractColumns = ['status', 'number', 'group', 'service', 'site'] as const
export type ContractColumn = (typeof contractColumns)[number]

export interface ContractSorting {
  by: ContractColumn
  descending: boolean
}

/** Status is in the order of urgency: the worst comes first. The number, which is nobody else's, settles the rest. */
export function sortOrderOf({ by, descending }: ContractSorting, language: Language): SortOrder {
  return { columns: [...sortedBy[by](language), sql`k.number`], descending }
}

const sortedBy: Record<ContractColumn, (language: Language) => RawBuilder<unknown>[]> = {
  status: () => [sql`k.urgency`],
  number: () => [],
  group: () => [sql`coalesce(k.group_number, '')`],
  service: (language) => [sql.ref(`s.name_${language}`)],
  site: () => [sql`coalesce(t.name, '')`],
}

/** What else has to be read to sort; the page's own facts are read for the page alone. */
export function joinsFor({ by }: ContractSorting): RawBuilder<unknown> {
  if (by === 'service') return sql`join service s on s.id = k.service_id`
  if (by === 'site') return sql`left join site t on t.customer_id = app_customer() and t.id = k.site_id`
  return sql``
}

/** Checks the key of a row in this order. */
export function rowKeyIn({ by }: ContractSorting): z.ZodType<RowKey> {
  const number = z.string().max(100)
  if (by === 'number') return z.tuple([number])
  return z.tuple([by === 'status' ? z.string().regex(/^[0-4]$/) : z.string().max(200), number])
}
