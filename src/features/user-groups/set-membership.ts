import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { Confirmed } from '#platform/context.ts'
import type { Outcome } from '#platform/outcome.ts'
import { changeMembers, type Membership } from './inner/change-members.ts'
import { lockGroup } from './inner/lock-group.ts'
import { tellOfGroupChange } from './inner/note-group-change.ts'

/** Puts users into a group, or takes them out. Answers how many were not so already; unknown users are none. */
export function setMembership(
  ctx: Confirmed<Context>,
  membership: Membership,
): Promise<Outcome<number, 'last-administrator'>> {
  return changeMembers(ctx, membership)
}

export interface Move {
  from: Membership['group']
  to: Membership['group']
  userIds: readonly string[]
  mayLoseAdministrators?: boolean
}

/** Takes users out of one group and puts them into another. Whoever is not in the first one by now stays as is; answers how many were. */
export async function moveMembers(
  ctx: Confirmed<Context>,
  { from, to, userIds, mayLoseAdministrators = false }: Move,
): Promise<Outcome<number, 'last-administrator'>> {
  // In one order, whichever way they are moved: else two who move at once could wait for each other.
  const inOrder = [from, to].toSorted(
    (one, other) => Number(other.isAutomatic) - Number(one.isAutomatic) || (one.id < other.id ? -1 : 1),
  )
  for (const { id } of inOrder) await lockGroup(ctx, id)
  const members = await listMembers(ctx, from.id, userIds)
  const moved = { userIds: members, isToldWithMore: true }
  const taken = await setMembership(ctx, { ...moved, group: from, isMember: false, mayLoseAdministrators })
  if (!taken.ok) return taken
  await setMembership(ctx, { ...moved, group: to, isMember: true })
  if (taken.value > 0) await tellOfGroupChange(ctx, from, { kind: 'members-moved', users: taken.value, to: to.name })
  return taken
}

async function listMembers({ tx, actor }: Context, groupId: string, userIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select m.user_id as id from user_group_member m where m.customer_id = ${actor.customer.id}
      and m.user_group_id = ${groupId} and m.user_id = any(${userIds}::uuid[])`.execute(tx)
  return rows.map(({ id }) => id)
}
