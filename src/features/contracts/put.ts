import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { findOperatorRules, type OperatorRules } from '#features/operators/rules.ts'
import { findServiceIds, type Ids } from '#features/subjects/references.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done } from '#platform/outcome.ts'
import { findTwice, findUnknown, type Misfit, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import type { Phrase } from '#platform/words.ts'

/** One service for one customer, as the operator has it. Days are written 2026-11-22. */
export interface ContractEntry {
  number: string
  /** The operator's number for the contracts under one extension plan; not a user group. */
  groupNumber?: string | undefined
  /** The code of its service. */
  service: string
  /** The code of one of the customer's sites. */
  site?: string | undefined
  /** What the memo is in the beginning. Afterwards it is the customer's. */
  memo?: string | undefined
  /** Whom the operator calls about it. */
  contacts: readonly { role: Phrase; name: string; phone?: string | undefined; mail?: string | undefined }[]
  opensOn?: string | undefined
  suspended: boolean
  /** Ends the contract; not before the day has come. */
  endedOn?: string | undefined
}

export type ContractMisfit =
  | 'stands-twice'
  | 'another-customers'
  | 'unlike-pattern'
  | 'unknown-service'
  | 'unknown-site'
  | 'ends-in-future'

const contractTable: KeyedTable = {
  name: 'contract',
  key: ['number'],
  // A customer's row of a contract that has gone to another is nobody's to write.
  among: ['moved_on'],
  kept: {
    number: 'text',
    group_number: 'text',
    service_id: 'uuid',
    site_id: 'uuid',
    contacts: 'jsonb',
    opens_on: 'date',
    suspended: 'boolean',
    ended_on: 'date',
  },
  once: { customer_id: 'uuid', memo: 'text' },
  owner: 'customer_id',
}

/**
 * Makes the customer's contracts that are missing, and changes those that differ. The database's own triggers keep the
 * counters; the status follows when it is refreshed.
 */
export async function putContracts(
  ctx: CustomerContext,
  entries: readonly ContractEntry[],
): Promise<PutOutcome<ContractMisfit>> {
  const { tx, customer } = ctx
  const rules = await findOperatorRules(ctx)
  const services = await findServiceIds(ctx)
  const known = await tx.selectFrom('site').select(['id', 'code']).where('customer_id', '=', customer.id).execute()
  const sites = new Map(known.map(({ id, code }) => [code, id]))
  const refused =
    refuseMisfits(findTwice(numbersOf(entries), 'number')) ??
    refuseMisfits(await findUnusableNumbers(ctx, entries, rules)) ??
    refuseMisfits(findUnfit(entries, { services, sites, rules }))
  if (refused) return refused
  const rows = entries.map((entry) => ({
    customer_id: customer.id,
    number: entry.number,
    group_number: entry.groupNumber,
    service_id: services.get(entry.service),
    site_id: entry.site && sites.get(entry.site),
    memo: entry.memo ?? '',
    contacts: entry.contacts,
    opens_on: entry.opensOn,
    suspended: entry.suspended,
    ended_on: entry.endedOn,
  }))
  return done(await upsert(ctx, contractTable, rows))
}

/** The numbers of the customer's contracts that have not ended, and that the entries do not name. */
export async function findUnnamedContracts(
  { tx, customer }: CustomerContext,
  entries: readonly ContractEntry[],
): Promise<string[]> {
  const open = sql`select number as name from contract where customer_id = ${customer.id} and ended_on is null`
  return findUnnamed(tx, open, numbersOf(entries))
}

/** Numbers are as the operator writes them, and none is of another customer's contract. */
async function findUnusableNumbers(
  { tx, customer }: CustomerContext,
  entries: readonly ContractEntry[],
  { contractNumberPattern: pattern }: OperatorRules,
): Promise<Misfit<'another-customers' | 'unlike-pattern'>[]> {
  const { rows } = await sql<{ entry: number; value: string; isForeign: boolean }>`
    select given.position::int - 1 as entry, given.number || coalesce(' of ' || other.code, '') as value, contract.id is not null as "isForeign"
    from unnest(${numbersOf(entries)}::text[]) with ordinality as given(number, position)
    left join contract on contract.number = given.number and contract.moved_on is null and contract.customer_id <> ${customer.id}
    left join customer other on other.id = contract.customer_id
    where contract.id is not null or given.number !~ ${pattern}`.execute(tx)
  return rows.map(({ entry, value, isForeign }) => ({
    entry,
    at: ['number'],
    problem: isForeign ? 'another-customers' : 'unlike-pattern',
    value,
  }))
}

function findUnfit(
  entries: readonly ContractEntry[],
  { services, sites, rules }: { services: Ids; sites: Ids; rules: OperatorRules },
): Misfit<'unknown-service' | 'unknown-site' | 'ends-in-future'>[] {
  return [
    ...findUnknown(entries, 'service', { known: services, problem: 'unknown-service' }),
    ...findUnknown(entries, 'site', { known: sites, problem: 'unknown-site' }),
    ...entries.flatMap(({ endedOn: value }, entry): Misfit<'ends-in-future'>[] =>
      value && value > rules.today ? [{ entry, at: ['endedOn'], problem: 'ends-in-future', value }] : [],
    ),
  ]
}

function numbersOf(entries: readonly ContractEntry[]): string[] {
  return entries.map(({ number }) => number)
}
