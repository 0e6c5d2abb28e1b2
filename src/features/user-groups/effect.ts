import { sql } from 'kysely'
import type { Level } from '#features/rights/level.ts'
import type { Context } from '#features/actor.ts'
import { type Fact, type Json, jsonRow, only, phrase, value } from '#platform/database/json-row.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { byId, byInteger, byText } from '#platform/list/sort-keys.ts'
import { ascending, isKeyBy, orderIn } from '#platform/list/sorting.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import type { Phrase } from '#platform/words.ts'
import { type Group, groupOf } from './group.ts'
import { effectCounts, type EffectCounts } from './effect-counts.ts'
import { type ComingChange, effectOf } from './inner/effect.ts'

/** One user's contracts of one service, for which one level follows another. Null: no right. */
export interface EffectRow {
  user: { id: string; name: string }
  service: Phrase
  before: Level | null
  after: Level | null
  contracts: number
}

export const effectKinds = ['lost', 'gained'] as const
export type EffectKind = (typeof effectKinds)[number]

export interface EffectAsked {
  groupId: string
  change: ComingChange
  kind?: EffectKind | undefined
  place: Place
}

interface Also<Beside> {
  group: Group | null
  users: EffectCounts
  beside: Beside
}

/** Who gains and who loses what; with the group, and with what else is asked. */
export type Effect<Beside> = ListedRows<EffectRow, EffectKind> & Also<Beside>

/** What would follow from a change, before it is made; the losses first. */
export async function findEffect<Beside = null>(
  { tx, actor, language }: Context,
  { groupId, change, kind, place }: EffectAsked,
  beside: Fact<Beside | null> = value(sql`null`),
): Promise<Effect<Beside | null>> {
  const also = jsonRow<Also<Beside | null>>({ group: groupOf(actor, groupId), users: effectCounts, beside })
  const {
    beside: told,
    rows,
    ...list
  } = await readShortList(tx, {
    seen: sql`${effectOf(actor, groupId, change)}, seen as (
      select u.id as user_id, u.name as user_name, s.code, s.name_ja, s.name_en, e.before, e.after, e.contracts,
        ${isLoss} as is_loss, coalesce(e.before::text, 'none') || ' ' || coalesce(e.after::text, 'none') as levels
      from effect e join portal_user u on u.customer_id = ${actor.customer.id} and u.id = e.user_id
      join service s on s.id = e.service_id)`,
    row: effectRow.json,
    within: sql`true`,
    matching: sql`true`,
    kind: sql<EffectKind>`case when r.is_loss then 'lost' else 'gained' end`,
    kinds: kind ? [kind] : effectKinds,
    order: orderIn(language, usual, sorted),
    place,
    beside: also.json,
  })
  return { ...list, ...also.read(told), rows: rows.map(({ row, key }) => ({ row: effectRow.read(row), key })) }
}

const effectRow = jsonRow<EffectRow>({
  user: jsonRow({ id: value('r.user_id'), name: value('r.user_name') }),
  service: phrase('r.name'),
  before: value('r.before'),
  after: value('r.after'),
  contracts: value('r.contracts'),
})

/** The losses first. */
const sorted = {
  sortedBy: {
    gain: ascending(byInteger(sql`(not r.is_loss)::int`), byText('r.user_name'), byId('r.user_id'), byText('r.code')),
  },
  last: [byText('r.levels')],
}
const usual = { by: 'gain', descending: false } as const

/** Whether a key can be that of a row. */
export const isEffectKey: (key: RowKey) => boolean = isKeyBy('gain', sorted)

/** The numbers of an effect alone. */
export async function countEffect(
  { tx, actor }: Context,
  groupId: string,
  change: ComingChange,
): Promise<EffectCounts> {
  const { rows } = await sql<{ users: Json<EffectCounts> }>`
    with ${effectOf(actor, groupId, change)} select ${effectCounts.json} as users`.execute(tx)
  return effectCounts.read(only(rows).users)
}

/** Whether a row takes something away; never null, for rows are sorted and found again by it. */
const isLoss = sql`coalesce(e.after < e.before, e.after is null)`
