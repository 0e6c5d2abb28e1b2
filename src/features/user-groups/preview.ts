import type { Context } from '#features/actor.ts'
import type { Place } from '#platform/list/paging.ts'
import { type Conflict, conflictIn } from './conflict.ts'
import { type Effect, findEffect } from './effect.ts'

/** What would follow if what the actor has chosen for a group were put into force now. */
export async function previewStaged(
  ctx: Context,
  { groupId, place }: { groupId: string; place: Place },
): Promise<Effect<Conflict | null>> {
  return findEffect(ctx, { change: { kind: 'apply', groupId }, place }, conflictIn(ctx.actor, groupId))
}
