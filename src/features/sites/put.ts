import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { codesOf, findTwice, type PutOutcome, refuseMisfits } from '#platform/put.ts'

/** A place of the customer's. */
export interface SiteEntry {
  code: string
  name: string
}

const siteTable: KeyedTable = {
  name: 'site',
  key: ['customer_id', 'code'],
  kept: { customer_id: 'uuid', code: 'text', name: 'text' },
}

/** Makes the customer's sites that are missing, and changes those that differ. */
export async function putSites(
  ctx: CustomerContext,
  entries: readonly SiteEntry[],
): Promise<PutOutcome<'stands-twice'>> {
  const refused = refuseMisfits(findTwice(codesOf(entries), 'code'))
  if (refused) return refused
  const rows = entries.map(({ code, name }) => ({ customer_id: ctx.customer.id, code, name }))
  return done(await upsert(ctx, siteTable, rows))
}

/** The codes of the customer's sites that the entries do not name. */
export async function findUnnamedSites(
  { tx, customer }: CustomerContext,
  entries: readonly SiteEntry[],
): Promise<string[]> {
  return findUnnamed(tx, sql`select code as name from site where customer_id = ${customer.id}`, codesOf(entries))
}
