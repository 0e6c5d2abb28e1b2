import { z } from 'zod'
import type { ChangeScope } from '#features/change-history/list.ts'
import { rowId } from '#platform/form.ts'
import { dayInQuery } from '../histories/period.tsx'

const id = rowId.optional().catch(undefined)
const fields = z.object({ from: dayInQuery, to: dayInQuery, by: id, group: id, contract: id })

/** To what the address of the list narrows it, as far as it can be. */
export function changeScopeIn(query: Readonly<Record<string, string>>): ChangeScope {
  const { from, to, by, group, contract } = fields.parse(query)
  return { from, to, actorId: by, groupId: group, contractId: contract }
}
