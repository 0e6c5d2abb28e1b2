import { keywordOf, termsOf } from '#platform/list/keywords.ts'
import type { MenuService } from '#features/service-menu/find.ts'
import type { ListQuery } from '#platform/ui/list/list-query.tsx'
import type { PageRequest } from '#platform/web/page.ts'

/** What the address of a list of orders, tickets or incidents says, whatever they are. */
export interface SubjectQuery {
  keyword: string
  terms: readonly string[]
  service: MenuService | undefined
  /** For links to other pages of the same list. */
  kept: ListQuery
}

/** `services` are those the user sees; one that is not among them is not found. */
export function subjectQueryOf({ query }: PageRequest, services: readonly MenuService[]): SubjectQuery | undefined {
  const service = services.find(({ code }) => code === query.service)
  if (query.service && !service) return undefined
  const keyword = keywordOf(query)
  return {
    keyword,
    terms: termsOf(keyword),
    service,
    kept: { q: keyword, service: service?.code, size: query.size },
  }
}
