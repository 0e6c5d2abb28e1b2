import { type RawBuilder, sql } from 'kysely'
import { isShown } from '#features/notices/unread.ts'
import { seenBy } from '#features/rights/seen.ts'
import type { Context } from '#features/actor.ts'
import { readShortcuts, type ShortcutJson, type Shortcuts, shortcutsJson } from './list.ts'
import type { Phrase } from '#platform/words.ts'

export interface MenuNotice {
  id: string
  kind: 'news' | 'works'
  title: Phrase
  publishedAt: Date
}

/** What stands beside the services on the first page. */
export interface BesideMenu extends Shortcuts {
  /** The newest ones. */
  notices: MenuNotice[]
}

const mostNotices = 3

/** Reads it in one statement, because the first page is opened most. */
export async function findBesideMenu(ctx: Context): Promise<BesideMenu> {
  const { rows } = await sql<{ shortcuts: ShortcutJson[]; notices: NoticeJson[] }>`
    with ${seenBy(ctx.actor.scope).ruled}
    select ${shortcutsJson(ctx)} as shortcuts, ${noticesJson(ctx)} as notices`.execute(ctx.tx)
  const { shortcuts, notices } = rows[0] ?? { shortcuts: [], notices: [] }
  return {
    ...readShortcuts(shortcuts),
    notices: notices.map((notice) => ({ ...notice, publishedAt: new Date(notice.publishedAt) })),
  }
}

type NoticeJson = Omit<MenuNotice, 'publishedAt'> & { publishedAt: string }

function noticesJson({ actor, now }: Context): RawBuilder<NoticeJson[]> {
  return sql<NoticeJson[]>`coalesce((
    select json_agg(json_build_object('id', id, 'kind', kind, 'title', json_build_object('ja', title_ja, 'en', title_en), 'publishedAt', published_at)
      order by published_at desc, code desc)
    from (
      select id, code, kind, title_ja, title_en, published_at from notice n where ${isShown(actor, now)}
      order by published_at desc, code desc limit ${sql.lit(mostNotices)}) newest), '[]')`
}
