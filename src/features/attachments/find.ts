import { type RawBuilder, sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { rowOrNull } from '#platform/database/json-row.ts'
import { isId } from '#platform/form.ts'
import { type AttachedTo, type Attachment, attachmentRow } from './attachment.ts'

interface SeenThings {
  about: AttachedTo['about']
  /** For a `with`: what somebody may see, as `seen`. */
  seen: RawBuilder<unknown>
  /** Whose it is: an id, or a column of a row `r` of `seen`. */
  customer: RawBuilder<unknown>
}

/** A file of what somebody may see: found through that, for its own id opens nothing. */
export async function findFile(
  tx: Transaction,
  { about, seen, customer }: SeenThings,
  { id, file }: { id: string; file: string },
): Promise<Attachment | undefined> {
  if (!isId(file)) return undefined
  const found = rowOrNull(
    attachmentRow,
    sql`seen r join attachment a on a.customer_id = ${customer} and a.about = ${about} and a.about_id = r.id
      where r.id = ${id} and a.id = ${file} and a.state in ('clean', 'unchecked')`,
  )
  const { rows } = await sql<{ file: Parameters<typeof found.read>[0] }>`
    with ${seen} select ${found.json} as file`.execute(tx)
  const [row] = rows
  return (row && found.read(row.file)) ?? undefined
}
