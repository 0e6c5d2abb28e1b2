import { sql } from 'kysely'
import { z } from 'zod'
import { findServiceMenu } from '#features/service-menu/find.ts'
import type { Context } from '#features/actor.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { integerPart, textPart } from '#platform/list/row-keys.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import type { Phrase } from '#platform/words.ts'

export interface Recommendation {
  code: string
  /** What is commended, if it is a service. */
  service: Phrase | null
  title: Phrase
  text: Phrase
  url: string | null
}

export type RecommendationList = ListedRows<Recommendation, 'any'>

export const recommendationKey: z.ZodType<RowKey> = z.tuple([integerPart, textPart])

/**
 * The recommendations that have not ended, for everybody or for a service that the user sees; in the operator's order.
 */
export async function listRecommendations(ctx: Context, place: Place): Promise<RecommendationList> {
  const { tx, actor, now } = ctx
  const { services } = await findServiceMenu(tx, actor, now)
  return readShortList(tx, {
    seen: sql`seen as (
      select c.*, s.name_ja, s.name_en from recommendation c left join service s on s.id = c.service_id
      where (c.ends_at is null or c.ends_at > ${now})
        and (c.for_services is null or c.for_services && ${services.map(({ id }) => id)}::uuid[]))`,
    row: sql<Recommendation>`json_build_object('code', r.code, 'title', json_build_object('ja', r.title_ja, 'en', r.title_en),
      'text', json_build_object('ja', r.text_ja, 'en', r.text_en), 'url', r.url,
      'service', case when r.service_id is not null then json_build_object('ja', r.name_ja, 'en', r.name_en) end)`,
    within: sql<boolean>`true`,
    matching: sql<boolean>`true`,
    kind: sql<'any'>`'any'`,
    kinds: ['any'],
    order: { columns: [sql`r.position`, sql`r.code`] },
    place,
  })
}
