import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { findContractIds } from '#features/subjects/references.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { codesOf, findTwice, findUnknown, type Misfit, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import type { Phrase } from '#platform/words.ts'

/** A fault or works on a contract; open from `startsAt` until `endsAt`, or without end. Moments have their offsets. */
export interface IncidentEntry {
  code: string
  /** The number of its contract. */
  contract: string
  kind: 'fault' | 'works'
  title: Phrase
  startsAt: string
  endsAt?: string | undefined
  updatedAt: string
}

const incidentTable: KeyedTable = {
  name: 'incident',
  key: ['customer_id', 'code'],
  kept: {
    customer_id: 'uuid',
    code: 'text',
    contract_id: 'uuid',
    kind: 'incident_kind',
    title_ja: 'text',
    title_en: 'text',
    starts_at: 'timestamptz',
    ends_at: 'timestamptz',
    updated_at: 'timestamptz',
  },
}

/**
 * Makes the customer's faults and works that are missing, and changes those that differ. The status of the contracts
 * follows when it is refreshed.
 */
export async function putIncidents(
  ctx: CustomerContext,
  entries: readonly IncidentEntry[],
): Promise<PutOutcome<'stands-twice' | 'unknown-contract'>> {
  const contracts = await findContractIds(
    ctx,
    entries.map(({ contract }) => contract),
  )
  const moved = await findMovedNumbers(ctx)
  const refused =
    refuseMisfits(findTwice(codesOf(entries), 'code')) ??
    refuseMisfits(findUnknown(entries, 'contract', { known: contracts, problem: 'unknown-contract' })) ??
    refuseMisfits(findOpenOn(moved, entries, ctx.now))
  if (refused) return refused
  const rows = entries.map((entry) => ({
    customer_id: ctx.customer.id,
    code: entry.code,
    contract_id: contracts.get(entry.contract),
    kind: entry.kind,
    title_ja: entry.title.ja,
    title_en: entry.title.en,
    starts_at: entry.startsAt,
    ends_at: entry.endsAt,
    updated_at: entry.updatedAt,
  }))
  return done(await upsert(ctx, incidentTable, rows))
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
  return entries.flatMap(({ contract: value, endsAt }, entry) =>
    moved.has(value) && !(endsAt !== undefined && new Date(endsAt) <= now)
      ? [{ entry, at: ['contract'], problem: 'unknown-contract', value }]
      : [],
  )
}

/** The codes of the customer's incidents that are not over, and that the entries do not name. */
export async function findUnnamedIncidents(
  { tx, now, customer }: CustomerContext,
  entries: readonly IncidentEntry[],
): Promise<string[]> {
  const open = sql`select code as name from incident where customer_id = ${customer.id} and (ends_at is null or ends_at > ${now})`
  return findUnnamed(tx, open, codesOf(entries))
}
