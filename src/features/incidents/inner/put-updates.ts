import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import type { Difference, Misfit } from '#platform/put.ts'
import type { IncidentEntry } from '../entry.ts'
import { givenUpdates, updateRowsOf } from '../update-rows.ts'
import type { PutIncident } from './put-contracts.ts'

/** The updates that say something else than was said under their number. */
export async function findChangedUpdates(
  { tx, customer }: CustomerContext,
  entries: readonly IncidentEntry[],
): Promise<Misfit<'said-already'>[]> {
  const rows = entries.flatMap(({ code, updates = [] }, entry) => updateRowsOf({ entry, code }, updates))
  if (rows.length === 0) return []
  const { rows: changed } = await sql<{ entry: number; number: number; code: string }>`
    select g.entry, g.number, g.code from ${givenUpdates(rows)}
    join incident i on i.customer_id = ${customer.id} and i.code = g.code
    join incident_update u on u.customer_id = i.customer_id and u.incident_id = i.id and u.number = g.number
    where (u.said_at, u.step, u.text_ja, u.text_en, u.next_update_at, u.corrects)
      is distinct from (g.said_at, g.step, g.text_ja, g.text_en, g.next_update_at, g.corrects)
    order by 1, 2`.execute(tx)
  return changed.map(({ entry, number, code }) => ({
    entry,
    at: ['updates', number - 1],
    problem: 'said-already',
    value: `${code} ${number}`,
  }))
}

/** Writes the updates that are not there yet; answers of which incidents, by their ids. */
export async function putUpdates(
  { tx, customer }: CustomerContext,
  incidents: readonly PutIncident[],
): Promise<ReadonlyMap<string, Difference[]>> {
  const rows = incidents.flatMap(({ id, updates = [] }) => updateRowsOf({ incident: id }, updates))
  if (rows.length === 0) return new Map()
  const { rows: said } = await sql<{ id: string; number: number; text: string }>`
    insert into incident_update (customer_id, incident_id, number, said_at, step, text_ja, text_en, next_update_at, corrects)
    select ${customer.id}, incident, number, said_at, step, text_ja, text_en, next_update_at, corrects from ${givenUpdates(rows)}
    on conflict do nothing returning incident_id as id, number, text_ja as text`.execute(tx)
  const told = new Map<string, Difference[]>()
  for (const { id, number, text } of said)
    told.set(id, [...(told.get(id) ?? []), { field: `updates ${number}`, from: null, to: text }])
  return told
}
