import { sql } from 'kysely'
import type { Level } from '#features/rights/level.ts'
import type { Context } from '#features/actor.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { type EffectCounts, shownText } from './effect-counts.ts'
import { countEffect } from './effect.ts'
import type { Group } from './group.ts'
import { mergedRules } from './inner/rules.ts'
import { noteGroupChange } from './inner/note-group-change.ts'
import { discardStaged } from './stage.ts'

/** What the actor was shown before saying yes. */
export interface ShownEffect {
  /** Of the group's rights. */
  version: number
  /** By `shownText`. */
  shown: string
}

export type ApplyProblem = 'automatic' | 'nothing-chosen' | 'changed-meanwhile' | 'effect-changed'

/**
 * Puts into force together what the actor has chosen for a group. When somebody else has applied since the effect was shown,
 * or the effect is another one by now, nothing changes, and what was chosen stays chosen.
 */
export async function applyStaged(
  ctx: Confirmed<Context>,
  group: Group,
  { version, shown }: ShownEffect,
): Promise<Outcome<EffectCounts, ApplyProblem>> {
  if (group.isAutomatic) return refuse('automatic')
  const { tx, actor } = ctx
  const raised = await tx
    .updateTable('user_group')
    .set({ rights_version: version + 1 })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', group.id)
    .where('rights_version', '=', version)
    .returning('id')
    .executeTakeFirst()
  if (!raised) return refuse('changed-meanwhile')
  const chosen = await listChosen(ctx, group.id)
  if (chosen.length === 0) return refuse('nothing-chosen')
  const effect = await countEffect(ctx, { kind: 'apply', groupId: group.id })
  if (shownText(chosen.length, effect) !== shown) return refuse('effect-changed')
  await writeRights(ctx, group.id)
  await discardStaged(ctx, group.id)
  await noteGroupChange(ctx, group, {
    change: { kind: 'applied', effect },
    before: Object.fromEntries(chosen.map(({ about, before }) => [about, before])),
    after: Object.fromEntries(chosen.map(({ about, after }) => [about, after])),
  })
  return done(effect)
}

interface Chosen {
  /** The code of a service, the number of a contract, or `all-services`. */
  about: string
  before: Level | null
  after: Level | null
}

async function listChosen({ tx, actor }: Context, groupId: string): Promise<Chosen[]> {
  const { rows } = await sql<Chosen>`
    with ${mergedRules(actor, groupId)}
    select coalesce(k.number, s.code, 'all-services') as about, m.in_force as before, m.chosen as after
    from merged m left join service s on s.id = m.service_id
    left join contract k on k.customer_id = ${actor.customer.id} and k.id = m.contract_id
    where m.is_staged order by k.number nulls first, s.code nulls first`.execute(tx)
  return rows
}

async function writeRights({ tx, actor }: Context, groupId: string): Promise<void> {
  const mine = sql`o.customer_id = ${actor.customer.id} and o.user_id = ${actor.userId} and o.user_group_id = ${groupId}`
  await sql`
    with removed as (
      delete from user_group_right r using staged_right o
      where ${mine} and o.level is null and r.customer_id = o.customer_id and r.user_group_id = o.user_group_id
        and r.contract_id = o.contract_id
    ), wider_removed as (
      delete from user_group_right r using staged_right o
      where ${mine} and o.level is null and r.customer_id = o.customer_id and r.user_group_id = o.user_group_id
        and r.contract_id is null and o.contract_id is null and r.service_id is not distinct from o.service_id
    )
    insert into user_group_right (customer_id, user_group_id, service_id, contract_id, level)
    select customer_id, user_group_id, service_id, contract_id, level from staged_right o where ${mine} and level is not null
    on conflict (user_group_id, service_id, contract_id) do update set level = excluded.level, since = excluded.since`.execute(
    tx,
  )
}
