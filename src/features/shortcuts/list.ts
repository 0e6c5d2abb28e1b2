import { type RawBuilder, sql } from 'kysely'
import { seenBy } from '#features/rights/seen.ts'
import type { Context } from '#features/actor.ts'
import type { Phrase } from '#platform/words.ts'
import { mostLooks } from './note-look.ts'
import { mostPins } from './set-pin.ts'
import { seenThing } from './seen-things.ts'
import type { Thing } from '#features/subjects/thing.ts'

/** A thing as it is called now. */
export interface Shortcut extends Thing {
  /** What the address of its page names it by. */
  address: string
  name: Phrase
  /** The contract number, or the code of an order, ticket or incident. */
  number: string | null
}

export interface RecentThing extends Shortcut {
  lookedAt: Date
  /** When the user last changed it; null: only looked at. */
  changedAt: Date | null
}

/** The latest first. */
export interface Shortcuts {
  pins: Shortcut[]
  recents: RecentThing[]
}

/** What the user has pinned and looked at, as far as the user may see it now. */
export async function listShortcuts(ctx: Context): Promise<Shortcuts> {
  const { rows } = await sql<{ shortcuts: ShortcutJson[] }>`
    with ${seenBy(ctx.actor.scope).ruled} select ${shortcutsJson(ctx)} as shortcuts`.execute(ctx.tx)
  return readShortcuts(rows[0]?.shortcuts ?? [])
}

/** As the database tells it, pins and looks together. */
export type ShortcutJson = Shortcut & { isPin: boolean; at: string; changedAt: string | null }

/** Belongs to a statement that has `ruled` in its `with`. */
export function shortcutsJson(ctx: Pick<Context, 'actor' | 'now'>): RawBuilder<ShortcutJson[]> {
  const { customer, userId } = ctx.actor
  const own = sql`customer_id = ${customer.id} and user_id = ${userId}`
  return sql<ShortcutJson[]>`coalesce((
    select json_agg(json_build_object('isPin', w.is_pin, 'kind', w.kind, 'id', w.thing_id, 'address', t.address,
      'name', json_build_object('ja', t.name_ja, 'en', t.name_en), 'number', t.number, 'at', w.at, 'changedAt', c.at)
      order by w.at desc, w.thing_id)
    from (
      (select true as is_pin, kind, thing_id, pinned_at as at from pin where ${own} limit ${sql.lit(mostPins)})
      union all
      (select false, kind, thing_id, looked_at from look where ${own} order by looked_at desc limit ${sql.lit(mostLooks)})
    ) w
    cross join lateral ${seenThing(ctx)} t
    left join lateral (
      select at from change_history where not w.is_pin and customer_id = ${customer.id} and subject_kind = w.kind::text
        and subject_id = w.thing_id and actor_id = ${userId} order by at desc limit 1) c on true), '[]')`
}

export function readShortcuts(shortcuts: readonly ShortcutJson[]): Shortcuts {
  return {
    pins: shortcuts.filter(({ isPin }) => isPin).map(shortcutOf),
    recents: shortcuts
      .filter(({ isPin }) => !isPin)
      .map((shortcut) => ({
        ...shortcutOf(shortcut),
        lookedAt: new Date(shortcut.at),
        changedAt: shortcut.changedAt === null ? null : new Date(shortcut.changedAt),
      })),
  }
}

function shortcutOf({ kind, id, address, name, number }: ShortcutJson): Shortcut {
  return { kind, id, address, name, number }
}
