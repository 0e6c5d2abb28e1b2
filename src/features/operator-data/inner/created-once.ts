import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import type { Ids } from './references.ts'

/** What an import creates once and never touches again. */
export type OnceKind = 'user-group' | 'user'

export interface CreatedOnce {
  customerId: string
  kind: OnceKind
}

/** The ids of what imports have created before, by folded name; the rows may have been renamed or deleted since. */
export async function findCreated(tx: Transaction, { customerId, kind }: CreatedOnce): Promise<Ids> {
  const rows = await tx
    .selectFrom('created_by_import')
    .select(['name', 'subject_id'])
    .where('customer_id', '=', customerId)
    .where('kind', '=', kind)
    .execute()
  return new Map(rows.map(({ name, subject_id }) => [name, subject_id]))
}

/** Remembers what was created, or found under the same name, by its folded name. */
export async function noteCreated(tx: Transaction, { customerId, kind }: CreatedOnce, created: Ids): Promise<void> {
  await sql`
    insert into created_by_import (customer_id, kind, name, subject_id)
    select ${customerId}::uuid, ${kind}::text, name, id
    from unnest(${[...created.keys()]}::text[], ${[...created.values()]}::uuid[]) as made(name, id)`.execute(tx)
}
