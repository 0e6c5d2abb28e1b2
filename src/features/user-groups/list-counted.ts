import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { jsonRow, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger, byText } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import { type Group, memberCount } from './group.ts'

type GroupRow = Pick<Group, 'id' | 'number' | 'name' | 'description' | 'isAutomatic' | 'members'>

/** The groups of the customer with the number of their members. */
export const groupList = defineList({
  seen: ({ actor }: Context) => sql`seen as (
    select g.id, g.number, g.name, g.description, g.is_automatic, ${memberCount} as members
    from user_group g where g.customer_id = ${actor.customer.id})`,
  known: ({ actor }: Context) =>
    sql`(select json_build_object('any', count(*)) from user_group where customer_id = ${actor.customer.id})`,
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
