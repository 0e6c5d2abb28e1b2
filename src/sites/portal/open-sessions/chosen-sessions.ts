import type { SessionScope } from '#features/sessions/list-open.ts'
import { isId } from '#platform/form.ts'
import { idsIn } from '#platform/ui/list/chosen-ids.ts'

/** Which sessions an address means; undefined: none. */
export function sessionScopeIn({
  sessions,
  user = '',
  all,
}: Readonly<Record<string, string>>): SessionScope | undefined {
  if (all === 'others') return 'others'
  if (isId(user)) return { userId: user }
  const ids = idsIn(sessions)
  return ids.length > 0 ? { ids } : undefined
}
