import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { findSubjects, type SubjectEntry } from '#features/subjects/references.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { findTwice, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import type { Phrase } from '#platform/words.ts'
import { daysShown } from './find.ts'

/** How much traffic a service has kept from the customer, or from one of its contracts, on a day. */
export interface BlockedTrafficEntry extends SubjectEntry {
  /** In the operator's time zone: 2026-11-22. */
  day: string
  /** Such as unauthorised access. Its Japanese name tells kinds apart. */
  kind: Phrase
  count: number
}

const blockedTrafficTable: KeyedTable = {
  name: 'blocked_traffic',
  key: ['customer_id', 'day', 'subject_id', 'kind_ja'],
  id: 'subject_id',
  kept: {
    customer_id: 'uuid',
    day: 'date',
    service_id: 'uuid',
    contract_id: 'uuid',
    subject_id: 'uuid',
    kind_ja: 'text',
    kind_en: 'text',
    count: 'bigint',
  },
}

/** Makes the customer's counts that are missing, and changes those that differ; answers the ids of their subjects. */
export async function putBlockedTraffic(
  ctx: CustomerContext,
  entries: readonly BlockedTrafficEntry[],
): Promise<PutOutcome<'stands-twice' | 'unknown-service' | 'unknown-contract'>> {
  const { services, contracts, unknown } = await findSubjects(ctx, entries)
  const refused = refuseMisfits(findTwice(namesOf(entries))) ?? refuseMisfits(unknown)
  if (refused) return refused
  const rows = entries.map(({ day, service, contract, kind, count }) => ({
    customer_id: ctx.customer.id,
    day,
    service_id: services.get(service),
    contract_id: contract && contracts.get(contract),
    subject_id: contract ? contracts.get(contract) : services.get(service),
    kind_ja: kind.ja,
    kind_en: kind.en,
    count,
  }))
  return done(await upsert(ctx, blockedTrafficTable, rows))
}

/** The counts of the days that are shown and that the entries do not name: day, contract or service, and kind. */
export async function findUnnamedBlockedTraffic(
  { tx, now, customer }: CustomerContext,
  entries: readonly BlockedTrafficEntry[],
): Promise<string[]> {
  const shown = sql`
    select b.day || ' ' || coalesce(k.number, s.code) || ' ' || b.kind_ja as name
    from operator o cross join blocked_traffic b
    join service s on s.id = b.service_id left join contract k on k.customer_id = b.customer_id and k.id = b.contract_id
    where b.customer_id = ${customer.id} and b.day > (${now}::timestamptz at time zone o.time_zone)::date - ${sql.lit(daysShown)}`
  return findUnnamed(tx, shown, namesOf(entries))
}

function namesOf(entries: readonly BlockedTrafficEntry[]): string[] {
  return entries.map(({ day, service, contract, kind }) => `${day} ${contract ?? service} ${kind.ja}`)
}
