import { sql } from 'kysely'
import { findServiceMenu } from '#features/service-menu/find.ts'
import type { Context } from '#features/actor.ts'
import { jsonRow, phrase, value, when } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger, byText } from '#platform/list/sort-keys.ts'
import { ascending } from '#platform/list/sorting.ts'
import type { Phrase } from '#platform/words.ts'

export interface Recommendation {
  code: string
  /** What is commended, if it is a service. */
  service: Phrase | null
  title: Phrase
  text: Phrase
  url: string | null
}

/** The recommendations that have not ended, for everybody or for a service that the user sees; in the operator's order. */
export const recommendationList = defineList({
  async seen({ tx, actor, now }: Context) {
    const { services } = await findServiceMenu(tx, actor, now)
    return sql`seen as (
      select c.*, s.name_ja, s.name_en from recommendation c left join service s on s.id = c.service_id
      where (c.ends_at is null or c.ends_at > ${now})
        and (c.for_services is null or c.for_services && ${services.map(({ id }) => id)}::uuid[]))`
  },
  row: jsonRow<Recommendation>({
    code: value('r.code'),
    service: when(sql`r.service_id is not null`, phrase('r.name')),
    title: phrase('r.title'),
    text: phrase('r.text'),
    url: value('r.url'),
  }),
  sortedBy: { position: ascending(byInteger('r.position')) },
  last: [byText('r.code')],
})
