import type { Context } from '#features/actor.ts'
import type { Group } from '#features/user-groups/group.ts'
import { groupUserKey, type GroupUserList, listGroupUsers } from '#features/user-groups/list-users.ts'
import { keywordOf, termsOf } from '#platform/list/keywords.ts'
import { type Place, placeOf } from '#platform/list/paging.ts'
import { type PageRequest, notFound } from '#platform/web/page.ts'

/** A group, and the users who are in it or are not. */
export interface GroupUsers {
  group: Group
  keyword: string
  size: string | undefined
  place: Place
  list: Omit<GroupUserList, 'group'>
}

/** Those who are members, or those who are not, as the address asks for them. */
export async function loadGroupUsers(
  ctx: Context,
  asked: PageRequest<'id'>,
  isMember: boolean,
): Promise<GroupUsers | typeof notFound> {
  const { id: groupId } = asked.params
  const keyword = keywordOf(asked.query)
  const place = placeOf(asked.query, { key: groupUserKey })
  const { group, ...list } = await listGroupUsers(ctx, { groupId, isMember, terms: termsOf(keyword), place })
  return group ? { group, keyword, size: asked.query.size, place, list } : notFound
}
