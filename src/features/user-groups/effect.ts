import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Level } from '#features/rights/level.ts'
import type { Context } from '#features/actor.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { integerPart, textPart } from '#platform/list/row-keys.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import type { Phrase } from '#platform/words.ts'
import { type Group, groupJson } from './group.ts'
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

/** Who gains and who loses what; with the group, and with what else is asked. */
export type Effect<Beside> = ListedRows<EffectRow, EffectKind> & {
  group: Group | null
  users: EffectCounts
  beside: Beside
}

/** What would follow from a change, before it is made; the losses first. */
export async function findEffect<Beside = null>(
  { tx, actor }: Context,
  { groupId, change, kind, place }: EffectAsked,
  beside: RawBuilder<Beside | null> = sql`null`,
): Promise<Effect<Beside | null>> {
  const { beside: also, ...list } = await readShortList(tx, {
    seen: sql`${effectOf(actor, groupId, change)}, seen as (
      select u.id as user_id, u.name as user_name, s.code, s.name_ja, s.name_en, e.before, e.after, e.contracts,
        ${isLoss} as is_loss, concat_ws(' ', coalesce(e.before::text, 'none'), coalesce(e.after::text, 'none')) as levels
      from effect e join portal_user u on u.customer_id = ${actor.customer.id} and u.id = e.user_id
      join service s on s.id = e.service_id)`,
    row: sql<EffectRow>`json_build_object('user', json_build_object('id', r.user_id, 'name', r.user_name),
      'service', json_build_object('ja', r.name_ja, 'en', r.name_en), 'before', r.before, 'after', r.after, 'contracts', r.contracts)`,
    within: sql`true`,
    matching: sql`true`,
    kind: sql<EffectKind>`case when r.is_loss then 'lost' else 'gained' end`,
    kinds: kind ? [kind] : effectKinds,
    order: {
      columns: [sql`(not r.is_loss)::int`, sql`r.user_name`, sql`r.user_id::text`, sql`r.code`, sql`r.levels`],
    },
    place,
    beside: sql<{ group: Group | null; users: EffectCounts; also: Beside | null }>`json_build_object(
      'group', ${groupJson(actor, groupId)}, 'users', ${effectCounts}, 'also', ${beside})`,
  })
  return { ...list, group: also.group, users: also.users, beside: also.also }
}

/** The numbers of an effect alone. */
export async function countEffect(
  { tx, actor }: Context,
  groupId: string,
  change: ComingChange,
): Promise<EffectCounts> {
  const { rows } = await sql<{ users: EffectCounts }>`
    with ${effectOf(actor, groupId, change)} select ${effectCounts} as users`.execute(tx)
  const [counted] = rows
  if (!counted) throw new Error('A select without from answers one row')
  return counted.users
}

/** Whether a row takes something away; never null, for rows are sorted and found again by it. */
const isLoss = sql`coalesce(e.after < e.before, e.after is null)`

/** Checks the key of a row. */
export const effectKey: z.ZodType<RowKey> = z.tuple([integerPart, textPart, z.uuid(), textPart, textPart])
