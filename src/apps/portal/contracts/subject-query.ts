import { z } from 'zod'
import { termsOf } from '#platform/keywords.ts'
import type { MenuService } from '#features/service-menu/find.ts'
import type { ListQuery } from '#platform/ui/list-query.tsx'
import type { Asked } from '#platform/web/page.ts'

/** What the address of a list of orders, tickets or incidents says, whatever they are. */
export interface SubjectQuery {
  keyword: string
  terms: readonly string[]
  service: MenuService | undefined
  /** For links to other pages of the same list. */
  kept: ListQuery
}

const fields = z.object({
  q: z.string().trim().max(100).catch(''),
  size: z.string().optional(),
})

/** `services` are those the user sees; one that is not among them is not found. */
export function subjectQueryOf({ query }: Asked, services: readonly MenuService[]): SubjectQuery | undefined {
  const service = services.find(({ code }) => code === query.service)
  if (query.service && !service) return undefined
  const { q, size } = fields.parse({ q: '', ...query })
  return { keyword: q, terms: termsOf(q), service, kept: { q, service: service?.code, size } }
}
