import { z } from 'zod'
import { subjectKinds } from '#features/change-history/actions.ts'
import { type ChangeFilter, changeKey } from '#features/change-history/list.ts'
import { rowId } from '#platform/form.ts'
import { keywordOf, termsOf } from '#platform/list/keywords.ts'
import { type Place, placeOf } from '#platform/list/paging.ts'
import type { ListQuery } from '#platform/ui/list/list-query.tsx'

export interface HistoryQuery {
  keyword: string
  filter: ChangeFilter
  place: Place
  /** All of it but keyword, kind and place. */
  kept: ListQuery
}

/** PostgreSQL knows no year 0. */
const day = z.iso
  .date()
  .refine((text) => !text.startsWith('0000'))
  .optional()
  .catch(undefined)
const fields = z.object({
  from: day,
  to: day,
  by: rowId.optional().catch(undefined),
  kind: z.enum(subjectKinds).optional().catch(undefined),
})

/** What the address of the list says, as far as it can be. */
export function historyQueryOf(query: Readonly<Record<string, string>>): HistoryQuery {
  const { from, to, by, kind } = fields.parse(query)
  const keyword = keywordOf(query)
  return {
    keyword,
    filter: { from, to, actorId: by, kind, terms: termsOf(keyword) },
    place: placeOf(query, { key: changeKey }),
    kept: { from, to, by, size: query.size },
  }
}
