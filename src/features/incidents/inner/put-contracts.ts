import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import type { Ids } from '#features/subjects/references.ts'
import type { Difference } from '#platform/put.ts'
import { type IncidentEntry, numbersOf } from '../entry.ts'

export type PutIncident = IncidentEntry & { id: string }

/** What changed of the contracts of incidents, by their ids. */
export async function putContracts(
  ctx: CustomerContext,
  incidents: readonly PutIncident[],
  contracts: Ids,
): Promise<ReadonlyMap<string, Difference[]>> {
  const pairs = incidents.flatMap((incident) =>
    numbersOf(incident).map((number) => ({ incident: incident.id, contract: contracts.get(number) })),
  )
  const ids = incidents.map(({ id }) => id)
  const former = ctx.tellsDifferences ? await numbersOfAll(ctx, ids) : undefined
  const changed = await writePairs(ctx, ids, pairs)
  const latter = former && (await numbersOfAll(ctx, changed))
  return new Map(
    changed.map((id) => [
      id,
      former
        ? [{ field: 'contracts', from: former.get(id) ?? null, to: latter?.get(id) ?? null } satisfies Difference]
        : [],
    ]),
  )
}

/** Answers the incidents whose contracts are others now. Whoever comes back is concerned again. */
async function writePairs(
  { tx, now, customer }: CustomerContext,
  ids: readonly string[],
  pairs: readonly { incident: string; contract: string | undefined }[],
): Promise<string[]> {
  const given = sql`select incident, contract from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as p (incident uuid, contract uuid)`
  const { rows } = await sql<{ id: string }>`
    with given as materialized (${given}), come as (
      insert into incident_contract as c (customer_id, incident_id, contract_id)
      select ${customer.id}, incident, contract from given g where not exists (
        select from incident_contract k where k.customer_id = ${customer.id} and k.incident_id = g.incident
          and k.contract_id = g.contract and k.left_at is null)
      on conflict (customer_id, incident_id, contract_id) do update set left_at = null
      returning c.incident_id
    ), gone as (
      update incident_contract c set left_at = ${now}
      where c.customer_id = ${customer.id} and c.incident_id = any(${ids}::uuid[]) and c.left_at is null
        and not exists (select from given g where g.incident = c.incident_id and g.contract = c.contract_id)
      returning c.incident_id
    )
    select incident_id as id from come union select incident_id from gone`.execute(tx)
  return rows.map(({ id }) => id)
}

async function numbersOfAll(
  { tx, customer }: CustomerContext,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; numbers: string }>`
    select c.incident_id as id, string_agg(k.number, ' ' order by k.number) as numbers
    from incident_contract c join contract k on k.customer_id = c.customer_id and k.id = c.contract_id
    where c.customer_id = ${customer.id} and c.incident_id = any(${ids}::uuid[]) and c.left_at is null group by 1`.execute(
    tx,
  )
  return new Map(rows.map(({ id, numbers }) => [id, numbers]))
}
