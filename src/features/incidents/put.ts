import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { codesOf, findTwice, type Misfit, type Put, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import { findConcerned, findNumbers, type IncidentEntry } from './entry.ts'
import { isNotOver } from './incident.ts'
import { putContracts } from './inner/put-contracts.ts'
import { enqueueTellings, findFormer, type Former, tellingsOfAll } from './tellings.ts'
import { findCorrectingNone } from './corrections.ts'
import { findChangedUpdates, putUpdates } from './inner/put-updates.ts'

const incidentTable: KeyedTable = {
  name: 'incident',
  key: ['customer_id', 'code'],
  kept: {
    customer_id: 'uuid',
    code: 'text',
    kind: 'incident_kind',
    title_ja: 'text',
    title_en: 'text',
    starts_at: 'timestamptz',
    ends_at: 'timestamptz',
    updated_at: 'timestamptz',
    step: 'text',
    expected_end_at: 'timestamptz',
    next_update_at: 'timestamptz',
    cause_ja: 'text',
    cause_en: 'text',
    withdrawn_at: 'timestamptz',
  },
}

/**
 * Makes the customer's faults and works that are missing, and changes those that differ. A contract that an entry does not name any
 * more has left it. The status of the contracts follows when it is refreshed.
 */
export async function putIncidents(
  ctx: CustomerContext,
  entries: readonly IncidentEntry[],
): Promise<PutOutcome<'stands-twice' | 'unknown-contract' | 'said-already' | 'corrects-none' | 'code-taken'>> {
  const { contracts, unknown } = await findConcerned(ctx, entries)
  const moved = await findMovedNumbers(ctx)
  const refused =
    refuseMisfits(findTwice(codesOf(entries), 'code')) ??
    refuseMisfits(unknown) ??
    refuseMisfits(findOpenOn(moved, entries, ctx.now)) ??
    refuseMisfits(findCorrectingNone(entries)) ??
    refuseMisfits(await findOfOutages(ctx, entries)) ??
    refuseMisfits(await findChangedUpdates(ctx, entries))
  if (refused) return refused
  const former = await findFormer(
    ctx,
    sql`i.customer_id = ${ctx.customer.id} and i.code = any(${codesOf(entries)}::text[])`,
  )
  const put = await upsert(
    ctx,
    incidentTable,
    entries.map((entry) => rowOf(ctx.customer.id, entry)),
  )
  const all = entries.map((entry, at) => ({ ...entry, id: put[at]?.id ?? '' }))
  const said = await putUpdates(ctx, all)
  const changes = withChanges(put, [await putContracts(ctx, all, contracts), said])
  await tellOf(ctx, former, changes)
  return done(changes)
}

/** Has people told by mail of what is new, whoever wishes it. */
async function tellOf(
  ctx: CustomerContext,
  former: ReadonlyMap<string, Former>,
  changes: readonly Put[],
): Promise<void> {
  const changed = changes.filter(({ was }) => was !== 'unchanged').map(({ id }) => id)
  const latter = await findFormer(ctx, sql`i.customer_id = ${ctx.customer.id} and i.id = any(${changed}::uuid[])`)
  await enqueueTellings(ctx.tx, tellingsOfAll(former, latter, ctx.now), ctx.now)
}

function rowOf(customerId: string, entry: IncidentEntry): Record<string, unknown> {
  const { updates = [] } = entry
  return {
    customer_id: customerId,
    code: entry.code,
    kind: entry.kind,
    title_ja: entry.title.ja,
    title_en: entry.title.en,
    starts_at: entry.startsAt,
    ends_at: entry.endsAt,
    updated_at: entry.updatedAt,
    step: entry.step ?? updates.findLast(({ step }) => step !== undefined)?.step,
    expected_end_at: entry.expectedEndAt,
    next_update_at: entry.nextUpdateAt ?? updates.at(-1)?.nextUpdateAt,
    cause_ja: entry.cause?.ja,
    cause_en: entry.cause?.en,
    withdrawn_at: entry.withdrawnAt,
  }
}

/** What has changed beside the rows themselves, by the ids of the incidents. */
function withChanges(put: readonly Put[], beside: readonly ReadonlyMap<string, Put['differences']>[]): Put[] {
  return put.map((each) => {
    const more = beside.flatMap((changes) => changes.get(each.id) ?? [])
    const isChanged = each.was === 'unchanged' && beside.some((changes) => changes.has(each.id))
    return {
      ...each,
      ...(isChanged && { was: 'changed' as const }),
      ...(each.was !== 'created' && more.length > 0 && { differences: [...(each.differences ?? []), ...more] }),
    }
  })
}

/** The numbers of the customer's former contracts that are another's now. */
async function findMovedNumbers({ tx, customer }: CustomerContext): Promise<Set<string>> {
  const { rows } = await sql<{ number: string }>`
    select number from contract where customer_id = ${customer.id} and moved_on is not null`.execute(tx)
  return new Set(rows.map(({ number }) => number))
}

/** What is not over has gone with its contract. */
function findOpenOn(
  moved: ReadonlySet<string>,
  entries: readonly IncidentEntry[],
  now: Date,
): Misfit<'unknown-contract'>[] {
  return findNumbers(
    entries,
    (number, { endsAt }) => moved.has(number) && !(endsAt !== undefined && new Date(endsAt) <= now),
  )
}

/** What the operator tells of all customers at once is changed there. */
async function findOfOutages(
  { tx, customer }: CustomerContext,
  entries: readonly IncidentEntry[],
): Promise<Misfit<'code-taken'>[]> {
  const { rows } = await sql<{ code: string }>`
    select code from incident where customer_id = ${customer.id} and outage_id is not null and code = any(${codesOf(entries)}::text[])`.execute(
    tx,
  )
  const taken = new Set(rows.map(({ code }) => code))
  return entries.flatMap(({ code: value }, entry) =>
    taken.has(value) ? [{ entry, at: ['code'], problem: 'code-taken', value }] : [],
  )
}

/** The codes of the customer's incidents that are not over, and that the entries do not name. */
export async function findUnnamedIncidents(
  { tx, now, customer }: CustomerContext,
  entries: readonly IncidentEntry[],
): Promise<string[]> {
  const open = sql`select i.code as name from incident i where i.customer_id = ${customer.id} and i.outage_id is null and ${isNotOver('i', now)}`
  return findUnnamed(tx, open, codesOf(entries))
}
