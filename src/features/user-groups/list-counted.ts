import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger, byText } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import { stagedOf } from './count-staged.ts'
import { type Group, memberCount, stagedCount } from './group.ts'

type GroupRow = Pick<Group, 'id' | 'number' | 'name' | 'description' | 'isAutomatic' | 'members' | 'staged'>

/** Whether the actor has chosen rights for a group that are not in force yet. */
export const groupRightStates = ['waiting', 'settled'] as const
export type GroupRightState = (typeof groupRightStates)[number]

/** The groups of the customer with the number of their members. */
export const groupList = defineList({
  seen: ({ actor }: Context) => sql`seen as (
    select g.id, g.number, g.name, g.description, g.is_automatic, ${memberCount} as members, ${stagedCount(actor)} as staged
    from user_group g where g.customer_id = ${actor.customer.id})`,
  // What waits are few rows; all groups are counted by themselves.
  known: ({ actor }: Context) => sql`(
    select json_build_object('waiting', waiting, 'settled', (select count(*) from user_group where customer_id = ${actor.customer.id}) - waiting)
    from (select count(distinct user_group_id) as waiting from staged_right
      where customer_id = ${actor.customer.id} and user_id = ${actor.userId}) staged)`,
  row: jsonRow<GroupRow>({
    id: value('r.id'),
    number: value('r.number'),
    name: value('r.name'),
    description: value('r.description'),
    isAutomatic: value('r.is_automatic'),
    members: value('r.members'),
    staged: value('r.staged'),
  }),
  search: ['r.number', 'r.name', 'r.description'],
  facets: {
    rights: { values: groupRightStates, column: sql`case when r.staged > 0 then 'waiting' else 'settled' end` },
  },
  sortedBy: {
    number: ascending(),
    name: ascending(byText('r.name')),
    members: descending(byInteger('r.members')),
  },
  last: [byText('r.number')],
  beside: ({ actor }: Context) => stagedOf(actor),
})
