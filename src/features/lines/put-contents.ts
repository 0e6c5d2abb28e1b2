import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { findUnnamed } from '#platform/database/unnamed.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import type { Difference, Misfit, Put } from '#platform/put.ts'
import { putInitial } from './put-initial.ts'
import type { LineFrame } from './values.ts'

/** A line that was just put. */
export interface LinePut {
  contractId: string
  isNew: boolean
  line: LineFrame
}

const numberTable: KeyedTable = {
  name: 'pbx.external_number',
  key: ['customer_id', 'contract_id', 'number'],
  kept: { customer_id: 'uuid', contract_id: 'uuid', number: 'text', ended_on: 'date' },
  once: { memo: 'text' },
}

/**
 * Which numbers lines have follows the operator; what is set in the beginning is written into new lines alone. All of it is one
 * change of each line, by the operator, in the customer's sight. A number that is named no longer stays: it ends by `endedOn`.
 * Answers the contracts of the lines in which something has become another, and what.
 */
export async function putContents(
  ctx: CustomerContext,
  lines: readonly LinePut[],
): Promise<ReadonlyMap<string, readonly Difference[]>> {
  const { tx, customer, now, tellsDifferences = false } = ctx
  const { rows } = await sql<{ id: string }>`
    select set_config('pbx.change', nextval('pbx.change_id')::text, true) as id`.execute(tx)
  const numbers = lines.flatMap(({ contractId, line }) =>
    (line.numbers ?? []).map(({ number, memo, endedOn }) => ({
      customer_id: customer.id,
      contract_id: contractId,
      number,
      memo,
      ended_on: endedOn,
    })),
  )
  const put = await upsert({ tx, tellsDifferences }, numberTable, numbers)
  const mains = await putMainNumbers(ctx, lines)
  await putInitial(ctx, lines)
  const changed = await sql<{
    contract: string
  }>`insert into pbx.change (customer_id, contract_id, id, at, actor_name, action, origin)
    select distinct r.customer_id, r.contract_id, r.change_id, ${now}::timestamptz, coalesce((select name_ja from operator), ''), 'line-provided', 'operator'
    from pbx.changed_row r where r.customer_id = ${customer.id} and r.change_id = ${rows[0]?.id}::bigint
    returning contract_id as contract`.execute(tx)
  await sql`select set_config('pbx.change', '', true)`.execute(tx)
  const differences = [...numbers.flatMap((row, at) => differencesOf(row, put[at])), ...mains]
  const contracts = [...changed.rows, ...mains].map(({ contract }) => contract)
  return new Map(contracts.map((id) => [id, differences.filter(({ contract }) => contract === id)]))
}

type LineDifference = Difference & { contract: string }

function differencesOf(
  { contract_id: contract, number }: { contract_id: string; number: string },
  put: Put | undefined,
): LineDifference[] {
  if (put?.was === 'created') return [{ contract, field: 'numbers', from: null, to: number }]
  return (put?.differences ?? []).map(({ field, ...values }) => ({
    contract,
    field: `numbers ${number} ${field}`,
    ...values,
  }))
}

/** The main number goes with the numbers: where they are to be as before, so is it. Answers the lines that have another now. */
async function putMainNumbers({ tx, customer }: CustomerContext, lines: readonly LinePut[]): Promise<LineDifference[]> {
  const mains = lines.flatMap(({ contractId: contract, line }) =>
    line.numbers ? [{ contract, main: line.mainNumber }] : [],
  )
  const { rows } = await sql<LineDifference>`update pbx.line l set main_number = g.main
    from jsonb_to_recordset(${JSON.stringify(mains)}::jsonb) as g (contract uuid, main text), pbx.line former
    where l.customer_id = ${customer.id} and l.contract_id = g.contract and l.main_number is distinct from g.main
      and former.customer_id = l.customer_id and former.contract_id = l.contract_id
    returning l.contract_id as contract, 'main_number' as field, former.main_number as "from", g.main as "to"`.execute(
    tx,
  )
  return rows
}

/** The numbers in use of lines whose numbers the entries name, and which are not among them; each with its contract's. */
export async function findUnnamedNumbers(
  { tx, customer, now }: CustomerContext,
  entries: readonly { contract: string; line: LineFrame }[],
): Promise<string[]> {
  const given = entries.filter(({ line }) => line.numbers)
  const known = sql`select concat(n.number, ' (', l.number, ')') as name
    from pbx.external_number n join pbx.line l on l.customer_id = n.customer_id and l.contract_id = n.contract_id
    where l.customer_id = ${customer.id} and l.number = any(${given.map(({ contract }) => contract)}::text[])
      and (n.ended_on is null or n.ended_on > (${now}::timestamptz at time zone l.time_zone)::date)`
  const named = given.flatMap(({ contract, line }) =>
    (line.numbers ?? []).map(({ number }) => `${number} (${contract})`),
  )
  return findUnnamed(tx, known, named)
}

/** The numbers of the entries that another open line has. */
export async function findTakenNumbers(
  { tx, customer }: CustomerContext,
  entries: readonly { contract: string; line: LineFrame }[],
): Promise<Misfit<'number-taken'>[]> {
  const given = entries.flatMap(({ contract, line }, entry) =>
    (line.numbers ?? []).flatMap(({ number, endedOn }, at) => (endedOn ? [] : [{ entry, at, contract, number }])),
  )
  const { rows } = await sql<{ entry: number; at: number; number: string }>`
    select g.entry, g.at, g.number from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (entry int, at int, contract text, number text)
    where exists (select from pbx.external_number n join pbx.line l on l.customer_id = n.customer_id and l.contract_id = n.contract_id
      where n.number = g.number and n.ended_on is null and (l.number, l.customer_id) <> (g.contract, ${customer.id}::uuid))`.execute(
    tx,
  )
  const twice = given.filter(({ number }, index) => given.findIndex((other) => other.number === number) < index)
  return [...rows, ...twice].map(({ entry, at, number: value }) => ({
    entry,
    at: ['numbers', at, 'number'],
    problem: 'number-taken',
    value,
  }))
}
