import type { SessionScope } from '#features/sessions/list-open.ts'
import { isId } from '#platform/form.ts'

const separator = '.'

/** As many as one page of the list shows. */
export const mostChosen = 100

/** Sessions as they stand in the address of the page that asks whether to end them. */
export function sessionsText(ids: readonly string[]): string {
  return ids.join(separator)
}

/** Which ones that address means; undefined: none. */
export function sessionScopeIn({
  sessions = '',
  user = '',
  all,
}: Readonly<Record<string, string>>): SessionScope | undefined {
  if (all === 'others') return 'others'
  if (isId(user)) return { userId: user }
  const ids = sessions.split(separator).filter(isId).slice(0, mostChosen)
  return ids.length > 0 ? { ids } : undefined
}
