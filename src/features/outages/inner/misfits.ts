import { sql } from 'kysely'
import type { OperatorContext } from '#features/operator-context.ts'
import { findServiceIds } from '#features/subjects/references.ts'
import type { Misfit } from '#platform/put.ts'
import type { Affects } from '../affects.ts'

interface Entry {
  code: string
  affects: Affects
}

/** The codes and numbers of 影響範囲 that nothing has. */
export async function findUnknownAffected(
  ctx: OperatorContext,
  entries: readonly Entry[],
): Promise<Misfit<'unknown-service' | 'no-such-site' | 'no-such-contract'>[]> {
  const services = await findServiceIds(ctx)
  const numbers = await numbersOf(ctx, entries)
  const sites = await sitesOf(ctx, entries)
  return entries.flatMap(({ affects }, entry) => [
    ...(affects.services ?? []).flatMap((value, index) =>
      services.has(value)
        ? []
        : [{ entry, at: ['affects', 'services', index], problem: 'unknown-service' as const, value }],
    ),
    ...(affects.sites ?? []).flatMap(({ customer, site }, index) =>
      sites.has(`${customer} ${site}`)
        ? []
        : [{ entry, at: ['affects', 'sites', index], problem: 'no-such-site' as const, value: `${customer} ${site}` }],
    ),
    ...(affects.contracts ?? []).flatMap((value, index) =>
      numbers.has(value)
        ? []
        : [{ entry, at: ['affects', 'contracts', index], problem: 'no-such-contract' as const, value }],
    ),
  ])
}

async function numbersOf({ tx }: OperatorContext, entries: readonly Entry[]): Promise<Set<string>> {
  const given = entries.flatMap(({ affects }) => affects.contracts ?? [])
  const { rows } = await sql<{ number: string }>`
    select number from contract where moved_on is null and number = any(${given}::text[])`.execute(tx)
  return new Set(rows.map(({ number }) => number))
}

async function sitesOf({ tx }: OperatorContext, entries: readonly Entry[]): Promise<Set<string>> {
  const given = entries.flatMap(({ affects }) => affects.sites ?? [])
  if (given.length === 0) return new Set()
  const { rows } = await sql<{ name: string }>`
    select c.code || ' ' || t.code as name from site t join customer c on c.id = t.customer_id
    where t.code = any(${given.map(({ site }) => site)}::text[])`.execute(tx)
  return new Set(rows.map(({ name }) => name))
}

/** The group numbers that no contract has. A file may name them before their contracts are there; whoever types them means those that are. */
export async function findUnknownGroups(
  { tx }: OperatorContext,
  { groupNumbers: given = [] }: Affects,
): Promise<Misfit<'no-such-group'>[]> {
  if (given.length === 0) return []
  const { rows } = await sql<{ number: string }>`
    select number from unnest(${given}::text[]) number where exists (
      select from contract where group_number = number and ended_on is null and moved_on is null)`.execute(tx)
  const known = new Set(rows.map(({ number }) => number))
  return given.flatMap((value, index) =>
    known.has(value) ? [] : [{ entry: 0, at: ['affects', 'groupNumbers', index], problem: 'no-such-group', value }],
  )
}

/** The codes that a customer has for a fault of its own. */
export async function findTakenCodes(
  { tx }: OperatorContext,
  entries: readonly Pick<Entry, 'code'>[],
): Promise<Misfit<'code-taken'>[]> {
  const { rows } = await sql<{ code: string }>`
    select distinct code from incident where outage_id is null and code = any(${entries.map(({ code }) => code)}::text[])`.execute(
    tx,
  )
  const taken = new Set(rows.map(({ code }) => code))
  return entries.flatMap(({ code: value }, entry) =>
    taken.has(value) ? [{ entry, at: ['code'], problem: 'code-taken', value }] : [],
  )
}
