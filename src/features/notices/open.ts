import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { after } from '#platform/time/duration.ts'
import { at, type Json, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'
import type { NoticeKind } from './list.ts'
import { countsAsNewFor, isShown } from './unread.ts'

export interface Notice {
  id: string
  kind: NoticeKind
  title: Phrase
  body: Phrase
  isImportant: boolean
  publishedAt: Date
}

/**
 * A notice for the actor, who has read it from now on. Marked in the statement that finds it, so that the count beside
 * the link, which is read next, knows of it; a reader who comes back writes nothing. For whoever only looks it stays as it is.
 */
export async function openNotice({ tx, actor, now }: Context, id: string): Promise<Notice | undefined> {
  const opened = sql`with opened as (
      select n.* from notice n where n.id = ${id} and ${isShown(actor, now)}
    )`
  const marked = actor.onlyLooks
    ? sql``
    : sql`, marked as (
      insert into notice_read (customer_id, user_id, notice_id)
      select ${actor.customer.id}::uuid, ${actor.userId}::uuid, id from opened where published_at > ${after(now, -countsAsNewFor)}
      on conflict do nothing
    )`
  const { rows } = await sql<Json<Notice>>`${opened}${marked} select ${noticeRow.columns} from opened`.execute(tx)
  return rows[0] && noticeRow.read(rows[0])
}

const noticeRow = jsonRow<Notice>({
  id: value('id'),
  kind: value('kind'),
  title: phrase('title'),
  body: phrase('body'),
  isImportant: value('is_important'),
  publishedAt: at('published_at'),
})
