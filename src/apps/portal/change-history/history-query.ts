import { z } from 'zod'
import { subjectKinds } from '#features/change-history/actions.ts'
import { type ChangeFilter, changeKey } from '#features/change-history/list.ts'
import { termsOf } from '#platform/keywords.ts'
import { type Place, placeOf } from '#platform/paging.ts'
import type { ListQuery } from '#platform/ui/list-query.tsx'

export interface HistoryQuery {
  keyword: string
  filter: ChangeFilter
  place: Place
  /** All of it but keyword, kind and place. */
  kept: ListQuery
}

const day = z.iso.date().optional().catch(undefined)
const fields = z.object({
  q: z.string().trim().max(100).catch(''),
  from: day,
  to: day,
  by: z.uuid().optional().catch(undefined),
  kind: z.enum(subjectKinds).optional().catch(undefined),
})

/** What the address of the list says, as far as it can be. */
export function historyQueryOf(query: Readonly<Record<string, string>>): HistoryQuery {
  const { q, from, to, by, kind } = fields.parse({ q: '', ...query })
  return {
    keyword: q,
    filter: { from, to, actorId: by, kind, terms: termsOf(q) },
    place: placeOf(query, { key: changeKey }),
    kept: { from, to, by, size: query.size },
  }
}
