import { type RawBuilder, sql } from 'kysely'
import type { Level } from '#features/rights/level.ts'
import type { Actor, Context } from '#features/actor.ts'
import { type Fact, type Json, jsonRow, only, phrase, rowsOf, value } from '#platform/database/json-row.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { byId, byInteger, byText } from '#platform/list/sort-keys.ts'
import { ascending, isKeyBy, orderIn } from '#platform/list/sorting.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import type { Phrase } from '#platform/words.ts'
import { type Group, groupOf } from './group.ts'
import { effectCounts, type EffectCounts } from './effect-counts.ts'
import { effectOfGroup, type GroupChange } from './inner/effect.ts'
import { effectOfPeople, type PeopleChange } from './inner/people-effect.ts'

export type ComingChange = GroupChange | PeopleChange

/** The contracts of one service for which one level follows another. Null: no right. */
export interface LevelChange {
  service: Phrase
  before: Level | null
  after: Level | null
  contracts: number
}

/** Somebody whose level changes, with all that changes; the losses first. */
export interface EffectRow {
  user: { id: string; name: string; mail: string }
  changes: LevelChange[]
}

export const effectKinds = ['lost', 'gained'] as const
/** Who loses something is among those who lose. */
export type EffectKind = (typeof effectKinds)[number]

export interface EffectAsked {
  change: ComingChange
  place: Place
}

interface Also<Beside> {
  /** Null: the change is not about one. */
  group: Group | null
  users: EffectCounts
  beside: Beside
}

/** Who gains and who loses what; with the group, and with what else is asked. */
export type Effect<Beside> = ListedRows<EffectRow, EffectKind> & Also<Beside>

/** What would follow from a change, before it is made: those who lose something first. */
export async function findEffect<Beside = null>(
  { tx, actor, language }: Context,
  { change, place }: EffectAsked,
  beside: Fact<Beside | null> = value(sql`null`),
): Promise<Effect<Beside | null>> {
  const group = 'groupId' in change ? groupOf(actor, change.groupId) : value<Group | null>(sql`null`)
  const also = jsonRow<Also<Beside | null>>({ group, users: effectCounts, beside })
  const {
    beside: told,
    rows,
    ...list
  } = await readShortList(tx, {
    seen: sql`${effectOf(actor, change)}, seen as (
      select u.id as user_id, u.name as user_name, u.mail, e.is_loss
      from (select e.user_id, bool_or(${isLoss}) as is_loss from effect e group by 1) e
      join portal_user u on u.customer_id = ${actor.customer.id} and u.id = e.user_id)`,
    row: effectRow.json,
    within: sql`true`,
    matching: sql`true`,
    kind: sql<EffectKind>`case when r.is_loss then 'lost' else 'gained' end`,
    kinds: effectKinds,
    order: orderIn(language, usual, sorted),
    place,
    beside: also.json,
  })
  return { ...list, ...also.read(told), rows: rows.map(({ row, key }) => ({ row: effectRow.read(row), key })) }
}

/** For a statement's `with`, ending in `effect`. */
function effectOf(actor: Actor, change: ComingChange): RawBuilder<unknown> {
  const isOfGroup = change.kind === 'apply' || change.kind === 'delete' || change.kind === 'take-out'
  return isOfGroup ? effectOfGroup(actor, change) : effectOfPeople(actor, change)
}

/** Whether a row takes something away. */
const isLoss = sql`coalesce(e.after < e.before, e.after is null)`

const levelChange = jsonRow<LevelChange>({
  service: phrase('s.name'),
  before: value('e.before'),
  after: value('e.after'),
  contracts: value('e.contracts'),
})

const effectRow = jsonRow<EffectRow>({
  user: jsonRow({ id: value('r.user_id'), name: value('r.user_name'), mail: value('r.mail') }),
  changes: rowsOf(levelChange, {
    from: sql`effect e join service s on s.id = e.service_id join service_category c on c.id = s.service_category_id
      where e.user_id = r.user_id`,
    orderBy: sql`not ${isLoss}, c.position, s.position, s.code, e.before, e.after`,
  }),
})

/** Those who lose something first. */
const sorted = {
  sortedBy: { gain: ascending(byInteger(sql`(not r.is_loss)::int`), byText('r.user_name')) },
  last: [byId('r.user_id')],
}
const usual = { by: 'gain', descending: false } as const

/** Whether a key can be that of a row. */
export const isEffectKey: (key: RowKey) => boolean = isKeyBy('gain', sorted)

/** The numbers of an effect alone. */
export async function countEffect({ tx, actor }: Context, change: ComingChange): Promise<EffectCounts> {
  const { rows } = await sql<{ users: Json<EffectCounts> }>`
    with ${effectOf(actor, change)} select ${effectCounts.json} as users`.execute(tx)
  return effectCounts.read(only(rows).users)
}
