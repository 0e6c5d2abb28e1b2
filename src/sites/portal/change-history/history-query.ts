import { z } from 'zod'
import type { ChangeScope } from '#features/change-history/list.ts'
import { rowId } from '#platform/form.ts'
import { dayInQuery } from '../histories/period.tsx'

const fields = z.object({ from: dayInQuery, to: dayInQuery, by: rowId.optional().catch(undefined) })

/** To what the address of the list narrows it, as far as it can be. */
export function changeScopeIn(query: Readonly<Record<string, string>>): ChangeScope {
  const { from, to, by } = fields.parse(query)
  return { from, to, actorId: by }
}
