import { sql } from 'kysely'
import type { UpdateEntry } from '#features/incidents/entry.ts'
import { givenUpdates, updateRowsOf } from '#features/incidents/update-rows.ts'
import type { OperatorContext } from '#features/operator-context.ts'
import type { Misfit } from '#platform/put.ts'

interface Said {
  code: string
  updates?: readonly UpdateEntry[] | undefined
}

/** The updates that say something else than was said under their number. */
export async function findChangedOfOutages(
  { tx }: OperatorContext,
  entries: readonly Said[],
): Promise<Misfit<'said-already'>[]> {
  const rows = entries.flatMap(({ code, updates = [] }, entry) => updateRowsOf({ entry, code }, updates))
  if (rows.length === 0) return []
  const { rows: changed } = await sql<{ entry: number; number: number; code: string }>`
    select g.entry, g.number, g.code from ${givenUpdates(rows)} join outage o on o.code = g.code
    join outage_update u on u.outage_id = o.id and u.number = g.number
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

/** Writes the updates that are not there yet; answers the outages that have some. */
export async function putUpdatesOfOutages(
  { tx }: OperatorContext,
  outages: readonly (Said & { id: string })[],
): Promise<ReadonlySet<string>> {
  const rows = outages.flatMap(({ id, updates = [] }) => updateRowsOf({ incident: id }, updates))
  if (rows.length === 0) return new Set()
  const { rows: said } = await sql<{ id: string }>`
    insert into outage_update (outage_id, number, said_at, step, text_ja, text_en, next_update_at, corrects)
    select incident, number, said_at, step, text_ja, text_en, next_update_at, corrects from ${givenUpdates(rows)}
    on conflict do nothing returning outage_id as id`.execute(tx)
  return new Set(said.map(({ id }) => id))
}
