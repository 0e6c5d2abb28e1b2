import { sql } from 'kysely'
import { findServiceMenu, type MenuService } from '#features/service-menu/find.ts'
import type { Context } from '#features/actor.ts'
import { jsonRow, phrase, value, when } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byText, byTime } from '#platform/list/sort-keys.ts'
import { descending } from '#platform/list/sorting.ts'
import type { Phrase } from '#platform/words.ts'

interface Manual {
  code: string
  title: Phrase
  /** Null: it is about the portal as a whole. */
  service: Phrase | null
  url: string
  /** A day, such as `2026-12-10`. */
  updatedOn: string
}

/** What a manual is about: the id of a service, or the portal as a whole. */
export const wholePortal = 'portal'

/** The manuals of the portal, and of the services that the user sees; the newest first. It is asked with these services. */
export const manualList = defineList({
  async seen({ tx, actor, now }: Context, _services: readonly MenuService[]) {
    const { services } = await findServiceMenu(tx, actor, now)
    return sql`seen as (
      select m.*, s.name_ja, s.name_en from manual m left join service s on s.id = m.service_id
      where m.service_id is null or m.service_id = any(${services.map(({ id }) => id)}::uuid[]))`
  },
  row: jsonRow<Manual>({
    code: value('r.code'),
    title: phrase('r.title'),
    service: when(sql`r.service_id is not null`, phrase('r.name')),
    url: value('r.url'),
    updatedOn: value('r.updated_on'),
  }),
  search: ['r.title_ja', 'r.title_en', 'r.name_ja', 'r.name_en'],
  facets: {
    subject: {
      values: (services) => [wholePortal, ...services.map(({ id }) => id)],
      column: sql`coalesce(r.service_id::text, ${wholePortal})`,
      inQuery: (subject, services) =>
        subject === wholePortal ? ['portal', 'true'] : ['service', codeOf(services, subject)],
    },
  },
  sortedBy: { updated: descending(byTime('r.updated_on')) },
  last: [byText('r.code')],
})

function codeOf(services: readonly MenuService[], serviceId: string): string {
  return services.find(({ id }) => id === serviceId)?.code ?? serviceId
}
