import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { findSubjects, type SubjectEntry } from '#features/subjects/references.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { codesOf, findTwice, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import type { Phrase } from '#platform/words.ts'

/** What the customer has ordered: for one of its contracts, or a new one of a service. Days are written 2026-11-22. */
export interface OrderEntry extends SubjectEntry {
  code: string
  title: Phrase
  state: 'received' | 'surveying' | 'constructing' | 'ready' | 'completed' | 'cancelled'
  orderedOn: string
  /** The day promised. */
  deliveryOn?: string | undefined
  /** A moment with its offset. */
  updatedAt: string
}

const orderTable: KeyedTable = {
  name: 'contract_order',
  key: ['customer_id', 'code'],
  kept: {
    customer_id: 'uuid',
    code: 'text',
    service_id: 'uuid',
    contract_id: 'uuid',
    title_ja: 'text',
    title_en: 'text',
    state: 'order_state',
    ordered_on: 'date',
    delivery_on: 'date',
    updated_at: 'timestamptz',
  },
}

/** Makes the customer's orders that are missing, and changes those that differ. */
export async function putOrders(
  ctx: CustomerContext,
  entries: readonly OrderEntry[],
): Promise<PutOutcome<'stands-twice' | 'unknown-service' | 'unknown-contract'>> {
  const { services, contracts, unknown } = await findSubjects(ctx, entries)
  const refused = refuseMisfits(findTwice(codesOf(entries), 'code')) ?? refuseMisfits(unknown)
  if (refused) return refused
  const rows = entries.map((entry) => ({
    customer_id: ctx.customer.id,
    code: entry.code,
    service_id: services.get(entry.service),
    contract_id: entry.contract && contracts.get(entry.contract),
    title_ja: entry.title.ja,
    title_en: entry.title.en,
    state: entry.state,
    ordered_on: entry.orderedOn,
    delivery_on: entry.deliveryOn,
    updated_at: entry.updatedAt,
  }))
  return done(await upsert(ctx, orderTable, rows))
}

/** The codes of the customer's orders under way that the entries do not name. */
export async function findUnnamedOrders(
  { tx, customer }: CustomerContext,
  entries: readonly OrderEntry[],
): Promise<string[]> {
  const open = sql`
    select code as name from contract_order where customer_id = ${customer.id} and state not in ('completed', 'cancelled')`
  return findUnnamed(tx, open, codesOf(entries))
}
