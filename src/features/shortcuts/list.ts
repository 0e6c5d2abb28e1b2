import { sql } from 'kysely'
import { seenBy } from '#features/rights/seen.ts'
import type { Context } from '#features/actor.ts'
import { at, type Fact, type Json, jsonRow, mapped, only, phrase, rowsOf, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'
import { mostLooks } from './note-look.ts'
import { mostPins } from './set-pin.ts'
import { seenThing } from './seen-things.ts'
import type { Thing } from '#features/subjects/thing.ts'

/** A thing as it is called now. */
export interface Shortcut extends Thing {
  /** What the address of its page names it by; of a list, which one it is. */
  address: string
  name: Phrase
  /** The contract number, the code of an order, ticket or incident, the mail address of a user, the number of a group. */
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
  const { json, read } = shortcutsOf(ctx)
  const { rows } = await sql<{ shortcuts: Json<Shortcuts> }>`
    with ${seenBy(ctx.actor.scope).ruled} select ${json} as shortcuts`.execute(ctx.tx)
  return read(only(rows).shortcuts)
}

/** Belongs to a statement that has `ruled` in its `with`. */
export function shortcutsOf(ctx: Pick<Context, 'actor' | 'now'>): Fact<Shortcuts> {
  const { customer, userId } = ctx.actor
  const own = sql`customer_id = ${customer.id} and user_id = ${userId}`
  const kept = rowsOf(keptThing, {
    from: sql`(
        (select true as is_pin, kind, thing_id, pinned_at as at from pin where ${own} limit ${sql.lit(mostPins)})
        union all
        (select false, kind, thing_id, looked_at from look where ${own} order by looked_at desc limit ${sql.lit(mostLooks)})
      ) w
      cross join lateral ${seenThing(ctx)} t
      left join lateral (
        select at from change_history where not w.is_pin and customer_id = ${customer.id} and subject_kind = w.kind::text
          and subject_id = w.thing_id and actor_id = ${userId} order by at desc limit 1) c on true`,
    orderBy: sql`w.at desc, w.thing_id`,
  })
  return mapped(kept, shortcutsAmong)
}

/** A pin or a look. */
interface KeptThing extends Shortcut {
  isPin: boolean
  at: Date
  changedAt: Date | null
}

const keptThing = jsonRow<KeptThing>({
  isPin: value('w.is_pin'),
  kind: value('w.kind'),
  id: value('w.thing_id'),
  address: value('t.address'),
  name: phrase('t.name'),
  number: value('t.number'),
  at: at('w.at'),
  changedAt: at('c.at'),
})

function shortcutsAmong(kept: readonly KeptThing[]): Shortcuts {
  return {
    pins: kept.filter(({ isPin }) => isPin).map(shortcutOf),
    recents: kept
      .filter(({ isPin }) => !isPin)
      .map((thing) => ({ ...shortcutOf(thing), lookedAt: thing.at, changedAt: thing.changedAt })),
  }
}

function shortcutOf({ kind, id, address, name, number }: KeptThing): Shortcut {
  return { kind, id, address, name, number }
}
