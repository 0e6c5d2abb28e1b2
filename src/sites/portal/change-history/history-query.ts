import { z } from 'zod'
import type { ChangeScope } from '#features/change-history/list.ts'
import { rowId } from '#platform/form.ts'

/** PostgreSQL knows no year 0. */
const day = z.iso
  .date()
  .refine((text) => !text.startsWith('0000'))
  .optional()
  .catch(undefined)
const fields = z.object({ from: day, to: day, by: rowId.optional().catch(undefined) })

/** To what the address of the list narrows it, as far as it can be. */
export function changeScopeIn(query: Readonly<Record<string, string>>): ChangeScope {
  const { from, to, by } = fields.parse(query)
  return { from, to, actorId: by }
}
