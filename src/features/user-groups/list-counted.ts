import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger, byText } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import type { Group } from './group.ts'

type GroupRow = Pick<Group, 'id' | 'number' | 'name' | 'description' | 'isAutomatic' | 'members'>

/** The groups of the customer with the number of their members. */
export const groupList = defineList({
  seen: ({ actor }: Context) => sql`counted_member as (
      select m.user_group_id, count(*)::int as members
      from user_group_member m join portal_user u on u.customer_id = m.customer_id and u.id = m.user_id
      where m.customer_id = ${actor.customer.id} and u.state <> 'deleted' group by m.user_group_id
    ), seen as (
      select g.id, g.number, g.name, g.description, g.is_automatic, coalesce(c.members, 0) as members
      from user_group g left join counted_member c on c.user_group_id = g.id where g.customer_id = ${actor.customer.id})`,
  row: jsonRow<GroupRow>({
    id: value('r.id'),
    number: value('r.number'),
    name: value('r.name'),
    description: value('r.description'),
    isAutomatic: value('r.is_automatic'),
    members: value('r.members'),
  }),
  search: ['r.number', 'r.name', 'r.description'],
  sortedBy: {
    number: ascending(),
    name: ascending(byText('r.name')),
    members: descending(byInteger('r.members')),
  },
  last: [byText('r.number')],
})
