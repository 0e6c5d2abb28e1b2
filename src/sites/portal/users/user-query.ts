import { z } from 'zod'
import { type UserColumn, userColumns, userKeyBy, type UsersAsked } from '#features/users/list.ts'
import { userStates } from '#features/users/user.ts'
import { keywordOf, termsOf } from '#platform/list/keywords.ts'
import { placeOf } from '#platform/list/paging.ts'
import { type Sortable, sortingOf } from '#platform/ui/list/sorting.ts'
import type { PageRequest } from '#platform/web/page.ts'

export const userSorting: Sortable<UserColumn> = { columns: userColumns, downFirst: ['last-login'] }

const stateChoice = z.enum(userStates).optional().catch(undefined)

/** What of the users is asked for, by the list's address. */
export function usersAskedIn({ query }: PageRequest): UsersAsked {
  const sorting = sortingOf(query, userSorting)
  return {
    terms: termsOf(keywordOf(query)),
    state: stateChoice.parse(query.state),
    sorting,
    place: placeOf(query, { key: userKeyBy(sorting.by) }),
  }
}
