import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '#features/actor.ts'
import { holdsTerms } from '#platform/list/keywords.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { integerPart, textPart } from '#platform/list/row-keys.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import type { Group } from './group.ts'

export const groupColumns = ['number', 'name', 'members'] as const
export type GroupColumn = (typeof groupColumns)[number]

export interface GroupsAsked {
  terms: readonly string[]
  sorting: { by: GroupColumn; descending: boolean }
  place: Place
}

export type GroupRow = Pick<Group, 'id' | 'number' | 'name' | 'description' | 'isAutomatic' | 'members'>

/** The groups of the customer with the number of their members. */
export async function listCountedGroups(
  { tx, actor }: Context,
  { terms, sorting, place }: GroupsAsked,
): Promise<ListedRows<GroupRow, 'group'>> {
  const { by, descending } = sorting
  return readShortList(tx, {
    seen: sql`counted_member as (
        select m.user_group_id, count(*)::int as members
        from user_group_member m join portal_user u on u.customer_id = m.customer_id and u.id = m.user_id
        where m.customer_id = ${actor.customer.id} and u.state <> 'deleted' group by m.user_group_id
      ), seen as (
        select g.id, g.number, g.name, g.description, g.is_automatic, coalesce(c.members, 0) as members
        from user_group g left join counted_member c on c.user_group_id = g.id where g.customer_id = ${actor.customer.id})`,
    row: sql<GroupRow>`json_build_object('id', r.id, 'number', r.number, 'name', r.name, 'description', r.description,
      'isAutomatic', r.is_automatic, 'members', r.members)`,
    within: sql`true`,
    matching: holdsTerms(terms, ['r.number', 'r.name', 'r.description']),
    kind: sql<'group'>`'group'::text`,
    kinds: ['group'],
    order: { columns: [...sortedBy[by], sql`r.number`], descending },
    place,
  })
}

const sortedBy: Record<GroupColumn, RawBuilder<unknown>[]> = {
  number: [],
  name: [sql`r.name`],
  members: [sql`r.members`],
}

/** Checks the key of a row. */
export function groupKeyBy(column: GroupColumn): z.ZodType<RowKey> {
  if (column === 'number') return z.tuple([textPart])
  return z.tuple([column === 'members' ? integerPart : textPart, textPart])
}
