import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '#features/actor.ts'
import { holdsTerms } from '#platform/list/keywords.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { instantOf, numberPart, textPart } from '#platform/list/row-keys.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import type { Phrase } from '#platform/words.ts'
import { isShown, isUnread } from './unread.ts'

export const noticeKinds = ['news', 'works'] as const
export type NoticeKind = (typeof noticeKinds)[number]

export interface ListedNotice {
  id: string
  kind: NoticeKind
  title: Phrase
  publishedAt: Date
  isUnread: boolean
}

/** Counted by kind, whatever kind is asked for. */
export type NoticeList = ListedRows<ListedNotice, NoticeKind>

export interface NoticesAsked {
  terms: readonly string[]
  kind: NoticeKind | undefined
  place: Place
}

export const noticeKey: z.ZodType<RowKey> = z.tuple([numberPart, textPart])

/** The notices for the actor, the newest first. */
export async function listNotices(
  { tx, actor, now }: Context,
  { terms, kind, place }: NoticesAsked,
): Promise<NoticeList> {
  const listed = await readShortList(tx, {
    seen: sql`seen as (select n.*, ${isUnread(actor, now)} as is_unread from notice n where ${isShown(actor, now)})`,
    row: sql<Omit<ListedNotice, 'publishedAt'> & { publishedAt: string }>`json_build_object(
      'id', r.id, 'kind', r.kind, 'title', json_build_object('ja', r.title_ja, 'en', r.title_en),
      'publishedAt', r.published_at, 'isUnread', r.is_unread)`,
    within: sql<boolean>`true`,
    matching: holdsTerms(terms, ['r.title_ja', 'r.title_en', 'r.body_ja', 'r.body_en']),
    kind: sql<NoticeKind>`r.kind::text`,
    kinds: kind ? [kind] : noticeKinds,
    order: { columns: [instantOf('r.published_at'), sql`r.code`], descending: true },
    place,
  })
  return {
    ...listed,
    rows: listed.rows.map(({ row, key }) => ({ row: { ...row, publishedAt: new Date(row.publishedAt) }, key })),
  }
}
