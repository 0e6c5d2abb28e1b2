import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'

/** What the operator creates once, and which is the customer's own from then on. */
export type OnceKind = 'user-group' | 'user'

/** The ids of what was created before, by folded name; the rows may have been renamed or deleted since. */
export async function findCreated(
  { tx, customer }: CustomerContext,
  kind: OnceKind,
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('created_by_import')
    .select(['name', 'subject_id'])
    .where('customer_id', '=', customer.id)
    .where('kind', '=', kind)
    .execute()
  return new Map(rows.map(({ name, subject_id }) => [name, subject_id]))
}

/** Remembers what was created, or found under the same name, by its folded name. */
export async function noteCreated(
  { tx, customer }: CustomerContext,
  kind: OnceKind,
  created: ReadonlyMap<string, string>,
): Promise<void> {
  await sql`
    insert into created_by_import (customer_id, kind, name, subject_id)
    select ${customer.id}::uuid, ${kind}::text, name, id
    from unnest(${[...created.keys()]}::text[], ${[...created.values()]}::uuid[]) as made(name, id)`.execute(tx)
}
