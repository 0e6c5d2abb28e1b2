import { sql } from 'kysely'
import { z } from 'zod'
import type { Context, Role } from '#features/actor.ts'
import { holdsTerms } from '#platform/list/keywords.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { textPart } from '#platform/list/row-keys.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import { type Group, groupJson } from './group.ts'

export type GroupUserState = 'awaiting-registration' | 'active' | 'suspended'

export interface GroupUser {
  id: string
  name: string
  mail: string
  role: Role
  state: GroupUserState
}

export interface GroupUsersAsked {
  groupId: string
  /** Those who are in the group, or all others. */
  isMember: boolean
  terms: readonly string[]
  place: Place
}

export type GroupUserList = ListedRows<GroupUser, 'user'> & { group: Group | null }

/** Who is in a group, or could be; and the group. */
export async function listGroupUsers(
  { tx, actor }: Context,
  { groupId, isMember, terms, place }: GroupUsersAsked,
): Promise<GroupUserList> {
  const { beside, ...list } = await readShortList(tx, {
    seen: sql`member as (
        select user_id from user_group_member where customer_id = ${actor.customer.id} and user_group_id = ${groupId}
      ), seen as (
        select u.id, u.name, u.mail, u.role, u.state from portal_user u
        where u.customer_id = ${actor.customer.id} and u.state <> 'deleted'
          and (u.id in (select user_id from member)) = ${isMember})`,
    row: sql<GroupUser>`json_build_object('id', r.id, 'name', r.name, 'mail', r.mail, 'role', r.role, 'state', r.state)`,
    within: sql`true`,
    matching: holdsTerms(terms, ['r.name', 'r.mail']),
    kind: sql<'user'>`'user'::text`,
    kinds: ['user'],
    order: { columns: [sql`r.name`, sql`r.mail`] },
    place,
    beside: groupJson(actor, groupId),
  })
  return { ...list, group: beside }
}

/** Checks the key of a row. */
export const groupUserKey: z.ZodType<RowKey> = z.tuple([textPart, textPart])
