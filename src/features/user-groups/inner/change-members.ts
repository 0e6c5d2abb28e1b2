import { sql } from 'kysely'
import { findLosses } from '#features/administrators/losses.ts'
import type { Telling } from '#features/mails/tell-administrators.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Group } from '../group.ts'
import { lockGroup } from './lock-group.ts'
import { noteGroupChange, recordGroupChange } from './note-group-change.ts'

export interface Membership {
  group: Pick<Group, 'id' | 'name' | 'isAutomatic'>
  userIds: readonly string[]
  /** Whether they shall be in the group. */
  isMember: boolean
  /** Confirmed: the automatic group may be left without any administrator. */
  mayLoseAdministrators?: boolean
  /** One mail tells of more than this change: whoever makes it sends that. */
  isToldWithMore?: boolean
}

/** Puts users into a group, or takes them out. Answers how many were not so already; unknown users are none. */
export async function changeMembers(
  ctx: Telling,
  membership: Membership,
): Promise<Outcome<number, 'last-administrator'>> {
  const { group, isMember } = membership
  // Two who take out the last two administrators must not both find the other one still in.
  await lockGroup(ctx, group.id)
  if (!isMember && group.isAutomatic && !membership.mayLoseAdministrators) {
    const losses = await findLosses(ctx, { userIds: membership.userIds, inGroupBefore: 'never' })
    if (losses.inAutomaticGroup) return refuse('last-administrator')
  }
  const changed = isMember ? await putIn(ctx, membership) : await takeOut(ctx, membership)
  if (changed.length === 0) return done(0)
  const users = { users: changed.map(({ name, mail }) => `${name} <${mail}>`).join(', ') }
  const note = membership.isToldWithMore ? recordGroupChange : noteGroupChange
  await note(ctx, group, {
    change: { kind: isMember ? 'members-added' : 'members-removed', users: changed.length },
    ...(isMember ? { after: users } : { before: users }),
  })
  return done(changed.length)
}

interface Changed {
  name: string
  mail: string
}

async function putIn({ tx, actor }: Telling, { group, userIds }: Membership): Promise<Changed[]> {
  const { rows } = await sql<Changed>`
    with put as (
      insert into user_group_member (customer_id, user_group_id, user_id)
      select u.customer_id, g.id, u.id from portal_user u join user_group g on g.customer_id = u.customer_id
      where u.customer_id = ${actor.customer.id} and u.id = any(${userIds}::uuid[]) and u.urgency is not null and g.id = ${group.id}
      on conflict do nothing returning user_id
    )
    select name, mail from put join portal_user on id = user_id order by name, mail`.execute(tx)
  return rows
}

async function takeOut({ tx, actor }: Telling, { group, userIds }: Membership): Promise<Changed[]> {
  const { rows } = await sql<Changed>`
    with taken as (
      delete from user_group_member
      where customer_id = ${actor.customer.id} and user_group_id = ${group.id} and user_id = any(${userIds}::uuid[])
      returning user_id
    )
    select name, mail from taken join portal_user on id = user_id order by name, mail`.execute(tx)
  return rows
}
