import { sql } from 'kysely'
import { isShown } from '#features/notices/unread.ts'
import { seenBy } from '#features/rights/seen.ts'
import type { Context } from '#features/actor.ts'
import { type Shortcuts, shortcutsOf } from './list.ts'
import { at, type Fact, type Json, jsonRow, only, phrase, rowsOf, value } from '#platform/database/json-row.ts'
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
  const beside = jsonRow<{ shortcuts: Shortcuts; notices: MenuNotice[] }>({
    shortcuts: shortcutsOf(ctx),
    notices: newestNotices(ctx),
  })
  const { rows } = await sql<Json<{ shortcuts: Shortcuts; notices: MenuNotice[] }>>`
    with ${seenBy(ctx.actor.scope).ruled} select ${beside.columns}`.execute(ctx.tx)
  const { shortcuts, notices } = beside.read(only(rows))
  return { ...shortcuts, notices }
}

function newestNotices({ actor, now }: Context): Fact<MenuNotice[]> {
  return rowsOf(menuNotice, {
    from: sql`(
      select id, code, kind, title_ja, title_en, published_at from notice n where ${isShown(actor, now)}
      order by published_at desc, code desc limit ${sql.lit(mostNotices)}) newest`,
    orderBy: sql`published_at desc, code desc`,
  })
}

const menuNotice = jsonRow<MenuNotice>({
  id: value('id'),
  kind: value('kind'),
  title: phrase('title'),
  publishedAt: at('published_at'),
})
