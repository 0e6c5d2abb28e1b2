import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { findSubjects } from '#features/subjects/references.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { codesOf, findTwice, type Put, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import type { OrderEntry } from './entry.ts'
import { writeSteps } from './inner/put-steps.ts'
import { findWorkedOn, keepWorkedOn } from './inner/worked-on.ts'
import { enqueueOrderTellings, findOrderNews } from './tellings.ts'

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
    opening_ja: 'text',
    opening_en: 'text',
    updated_at: 'timestamptz',
  },
}

/**
 * Makes the customer's orders that are missing, and changes those that differ; whoever wishes is told. Of what staff have changed in
 * the console later than the entry says, how far it is stays.
 */
export async function putOrders(
  ctx: CustomerContext,
  entries: readonly OrderEntry[],
): Promise<PutOutcome<'stands-twice' | 'unknown-service' | 'unknown-contract'>> {
  const { services, contracts, unknown } = await findSubjects(ctx, entries)
  const refused = refuseMisfits(findTwice(codesOf(entries), 'code')) ?? refuseMisfits(unknown)
  if (refused) return refused
  const codes = { codes: codesOf(entries) }
  const known = await findWorkedOn(ctx, codes.codes)
  const former = await findOrderNews(ctx, codes)
  const given = entries.map((entry) => keepWorkedOn(entry, known.get(entry.code)))
  const rows = given.map((entry) => ({
    customer_id: ctx.customer.id,
    code: entry.code,
    service_id: services.get(entry.service),
    contract_id: entry.contract && contracts.get(entry.contract),
    title_ja: entry.title.ja,
    title_en: entry.title.en,
    state: entry.state,
    ordered_on: entry.orderedOn,
    delivery_on: entry.deliveryOn,
    opening_ja: entry.opening?.ja,
    opening_en: entry.opening?.en,
    updated_at: entry.updatedAt,
  }))
  const put = await putSteps(ctx, given, await upsert(ctx, orderTable, rows))
  await enqueueOrderTellings(ctx.tx, former, await findOrderNews(ctx, codes))
  return done(put)
}

/** Whoever is about to change an order is shown that its steps were changed. */
async function putSteps(
  ctx: CustomerContext,
  entries: readonly OrderEntry[],
  put: readonly Put[],
): Promise<readonly Put[]> {
  const orders = entries.flatMap(({ steps }, at) => (steps ? [{ id: put[at]?.id ?? '', steps }] : []))
  const changed = await writeSteps(ctx, orders)
  await sql`update contract_order set version = version + 1
    where customer_id = ${ctx.customer.id} and id = any(${[...changed]}::uuid[])`.execute(ctx.tx)
  return put.map((one) => (one.was === 'unchanged' && changed.has(one.id) ? { ...one, was: 'changed' } : one))
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
