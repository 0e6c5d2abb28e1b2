import { sql } from 'kysely'
import type { CustomerContext, OperatorContext } from '#features/operator-context.ts'
import { findUnknown, type Misfit } from '#platform/put.ts'

/** Ids by what the operator calls the rows. */
export type Ids = ReadonlyMap<string, string>

/** The ids of all services by code. */
export async function findServiceIds({ tx }: OperatorContext): Promise<Ids> {
  const rows = await tx.selectFrom('service').select(['id', 'code']).execute()
  return new Map(rows.map(({ id, code }) => [code, id]))
}

/** Of the numbers given, those that are contracts of the customer. */
export async function findContractIds(
  { tx, customer }: CustomerContext,
  numbers: readonly (string | undefined)[],
): Promise<Ids> {
  const given = new Set(numbers.filter((number) => number !== undefined))
  const { rows } = await sql<{ id: string; number: string }>`
    select contract.id, contract.number from unnest(${[...given]}::text[]) as given(number)
    join contract using (number) where contract.customer_id = ${customer.id}`.execute(tx)
  return new Map(rows.map(({ id, number }) => [number, id]))
}

/** What an entry says that it is about: a contract of the customer, or a service as such. */
export interface SubjectEntry {
  service: string
  contract?: string | undefined
}

/** The ids of what entries are about, and those that are not there. */
export async function findSubjects(
  ctx: CustomerContext,
  entries: readonly SubjectEntry[],
): Promise<{ services: Ids; contracts: Ids; unknown: Misfit<'unknown-service' | 'unknown-contract'>[] }> {
  const services = await findServiceIds(ctx)
  const contracts = await findContractIds(
    ctx,
    entries.map(({ contract }) => contract),
  )
  const unknown = [
    ...findUnknown(entries, 'service', { known: services, problem: 'unknown-service' }),
    ...findUnknown(entries, 'contract', { known: contracts, problem: 'unknown-contract' }),
  ]
  return { services, contracts, unknown }
}
