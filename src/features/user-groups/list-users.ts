import { sql } from 'kysely'
import type { Context, Role } from '#features/actor.ts'
import { byUserName } from '#features/user-order.ts'
import { type PeriodStage, stageOf } from '#features/periods-of-use/period.ts'
import { jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { foldedHolds } from '#platform/list/keywords.ts'
import { ascending } from '#platform/list/sorting.ts'
import { groupOf, memberCount } from './group.ts'

export type GroupUserState = 'awaiting-registration' | 'active' | 'suspended'

export interface GroupUser {
  id: string
  name: string
  mail: string
  role: Role
  state: GroupUserState
  /** Of the period of use, today. */
  stage: PeriodStage
}

interface UsersOfGroup {
  groupId: string
  /** Those who are in the group, or all others. */
  isMember: boolean
}

/** Who is in a group, or could be; and the group. */
export const groupUserList = defineList({
  seen({ actor, now }: Context, { groupId, isMember }: UsersOfGroup) {
    const members = sql`user_group_member m where m.customer_id = ${actor.customer.id} and m.user_group_id = ${groupId}`
    return sql`seen as (
      select u.id, u.name, u.kana_order, u.mail, u.role, u.state, u.search, ${stageOf(actor.customer.id, now)} as stage from portal_user u where u.customer_id = ${actor.customer.id}
        and u.urgency is not null and u.id ${isMember ? sql`in` : sql`not in`} (select m.user_id from ${members}))`
  },
  known({ actor }: Context, { groupId, isMember }: UsersOfGroup) {
    const users = sql`(select sum(users) from user_count n where n.customer_id = g.customer_id)`
    return sql`(select json_build_object('any', ${isMember ? memberCount : sql`${users} - ${memberCount}`})
      from user_group g where g.customer_id = ${actor.customer.id} and g.id = ${groupId})`
  },
  row: jsonRow<GroupUser>({
    id: value('r.id'),
    name: value('r.name'),
    mail: value('r.mail'),
    role: value('r.role'),
    state: value('r.state'),
    stage: value('r.stage'),
  }),
  search: (terms) => foldedHolds(terms, 'r.search'),
  sortedBy: { name: ascending() },
  last: byUserName,
  beside: ({ actor }: Context, { groupId }: UsersOfGroup) => groupOf(actor, groupId),
})
