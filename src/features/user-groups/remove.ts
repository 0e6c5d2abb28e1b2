import type { Context } from '#features/actor.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { type EffectCounts, shownText } from './effect-counts.ts'
import { countEffect } from './effect.ts'
import type { Group } from './group.ts'
import { lockGroup } from './inner/lock-group.ts'
import { noteGroupChange } from './inner/note-group-change.ts'

/**
 * Deletes a group with its rules, its memberships and what administrators have chosen for it. Its number is never used again.
 * The group's versions, and `shown` by `shownText`, are those that the actor has seen.
 */
export async function removeGroup(
  ctx: Confirmed<Context>,
  group: Group,
  shown: string,
): Promise<Outcome<EffectCounts, 'automatic' | 'changed-meanwhile'>> {
  if (group.isAutomatic) return refuse('automatic')
  const { tx, actor } = ctx
  // Nobody joins or leaves between the counting and the end.
  await lockGroup(ctx, group.id)
  const effect = await countEffect(ctx, { kind: 'delete', groupId: group.id })
  if (shownText(group.members, effect) !== shown) return refuse('changed-meanwhile')
  const removed = await tx
    .deleteFrom('user_group')
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', group.id)
    .where('version', '=', group.version)
    .where('rights_version', '=', group.rightsVersion)
    .returning('id')
    .executeTakeFirst()
  if (!removed) return refuse('changed-meanwhile')
  await noteGroupChange(ctx, group, {
    change: { kind: 'deleted', effect },
    before: { number: group.number, name: group.name, description: group.description, members: group.members },
  })
  return done(effect)
}
