import { sql } from 'kysely'
import { z } from 'zod'
import { findServiceMenu } from '#features/service-menu/find.ts'
import type { Context } from '#features/actor.ts'
import { holdsTerms } from '#platform/list/keywords.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { instantOf, numberPart, textPart } from '#platform/list/row-keys.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import type { Phrase } from '#platform/words.ts'

export interface Manual {
  code: string
  title: Phrase
  /** Null: it is about the portal as a whole. */
  service: Phrase | null
  url: string
  /** A day, such as `2026-12-10`. */
  updatedOn: string
}

/** What a manual is about: the id of a service, or the portal as a whole. */
export type ManualSubject = string
export const wholePortal: ManualSubject = 'portal'

/** Counted by subject, whatever subject is asked for. */
export type ManualList = ListedRows<Manual, ManualSubject>

export interface ManualsAsked {
  terms: readonly string[]
  subject: ManualSubject | undefined
  place: Place
}

export const manualKey: z.ZodType<RowKey> = z.tuple([numberPart, textPart])

/** The manuals of the portal, and of the services that the user sees; the newest first. */
export async function listManuals(ctx: Context, { terms, subject, place }: ManualsAsked): Promise<ManualList> {
  const { services } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
  const ids = services.map(({ id }) => id)
  return readShortList(ctx.tx, {
    seen: sql`seen as (
      select m.*, s.name_ja, s.name_en from manual m left join service s on s.id = m.service_id
      where m.service_id is null or m.service_id = any(${ids}::uuid[]))`,
    row: sql<Manual>`json_build_object('code', r.code, 'title', json_build_object('ja', r.title_ja, 'en', r.title_en),
      'service', case when r.service_id is not null then json_build_object('ja', r.name_ja, 'en', r.name_en) end,
      'url', r.url, 'updatedOn', r.updated_on)`,
    within: sql<boolean>`true`,
    matching: holdsTerms(terms, ['r.title_ja', 'r.title_en', 'r.name_ja', 'r.name_en']),
    kind: sql<ManualSubject>`coalesce(r.service_id::text, ${wholePortal})`,
    kinds: subject ? [subject] : [wholePortal, ...ids],
    order: { columns: [instantOf('r.updated_on'), sql`r.code`], descending: true },
    place,
  })
}
