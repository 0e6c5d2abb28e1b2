import { z } from 'zod'
import { accessEvents, accessResults } from '#features/access-history/events.ts'
import type { AccessScope } from '#features/access-history/scope.ts'
import { rowId } from '#platform/form.ts'
import type { ListQuery } from '#platform/ui/list/list-query.tsx'
import { dayInQuery } from '../histories/period.tsx'

const fields = z.object({
  from: dayInQuery,
  to: dayInQuery,
  event: z.enum(accessEvents).optional().catch(undefined),
  result: z.enum(accessResults).optional().catch(undefined),
  user: rowId.optional().catch(undefined),
})

/** To what the address of the list narrows it, as far as it can be. */
export function accessScopeIn(query: Readonly<Record<string, string>>): AccessScope {
  const { user: userId, ...rest } = fields.parse(query)
  return { ...rest, userId }
}

/** The same as it stands in the address. */
export function accessQueryOf({ userId: user, ...rest }: AccessScope): ListQuery {
  return { ...rest, user }
}
