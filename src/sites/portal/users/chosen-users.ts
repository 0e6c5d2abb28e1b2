import { mostAtOnce } from '#features/user-groups/set-membership.ts'
import { isId } from '#platform/form.ts'

// A hundred ids must fit into the cookie that leads back after a login, which escapes commas twice.
const separator = '.'

/** Users who were chosen in a list, as they stand in the address of the page that asks what it asks. */
export function chosenText(userIds: readonly string[]): string {
  return userIds.join(separator)
}

/** The same, read from the query. */
export function chosenIn({ users = '' }: Readonly<Record<string, string>>): string[] {
  return users.split(separator).filter(isId).slice(0, mostAtOnce)
}
