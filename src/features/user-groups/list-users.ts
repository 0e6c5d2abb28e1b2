import { sql } from 'kysely'
import type { Context, Role } from '#features/actor.ts'
import { jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byText } from '#platform/list/sort-keys.ts'
import { ascending } from '#platform/list/sorting.ts'
import { groupOf } from './group.ts'

export type GroupUserState = 'awaiting-registration' | 'active' | 'suspended'

export interface GroupUser {
  id: string
  name: string
  mail: string
  role: Role
  state: GroupUserState
}

interface UsersOfGroup {
  groupId: string
  /** Those who are in the group, or all others. */
  isMember: boolean
}

/** Who is in a group, or could be; and the group. */
export const groupUserList = defineList({
  seen: ({ actor }: Context, { groupId, isMember }: UsersOfGroup) => sql`member as (
      select user_id from user_group_member where customer_id = ${actor.customer.id} and user_group_id = ${groupId}
    ), seen as (
      select u.id, u.name, u.mail, u.role, u.state from portal_user u
      where u.customer_id = ${actor.customer.id} and u.state <> 'deleted'
        and (u.id in (select user_id from member)) = ${isMember})`,
  row: jsonRow<GroupUser>({
    id: value('r.id'),
    name: value('r.name'),
    mail: value('r.mail'),
    role: value('r.role'),
    state: value('r.state'),
  }),
  search: ['r.name', 'r.mail'],
  sortedBy: { name: ascending(byText('r.name')) },
  last: [byText('r.mail')],
  beside: ({ actor }: Context, { groupId }: UsersOfGroup) => groupOf(actor, groupId),
})
