import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { at, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byText, byTime } from '#platform/list/sort-keys.ts'
import { descending } from '#platform/list/sorting.ts'
import type { Phrase } from '#platform/words.ts'
import { isShown, isUnread } from './unread.ts'

export const noticeKinds = ['news', 'works'] as const
export type NoticeKind = (typeof noticeKinds)[number]

interface ListedNotice {
  id: string
  kind: NoticeKind
  title: Phrase
  publishedAt: Date
  isImportant: boolean
  isUnread: boolean
}

/** The notices for the actor, the newest first. */
export const noticeList = defineList({
  seen: ({ actor, now }: Context) =>
    sql`seen as (select n.*, ${isUnread(actor, now)} as is_unread from notice n where ${isShown(actor, now)})`,
  row: jsonRow<ListedNotice>({
    id: value('r.id'),
    kind: value('r.kind'),
    title: phrase('r.title'),
    publishedAt: at('r.published_at'),
    isImportant: value('r.is_important'),
    isUnread: value('r.is_unread'),
  }),
  search: ['r.title_ja', 'r.title_en', 'r.body_ja', 'r.body_en'],
  facets: { kind: { values: noticeKinds, column: 'r.kind' } },
  sortedBy: { published: descending(byTime('r.published_at')) },
  last: [byText('r.code')],
})
