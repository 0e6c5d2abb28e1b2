import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { Json } from '#platform/database/json-row.ts'
import { type Incident, incidentRow, seenIncidents } from './incident.ts'

/** A fault or works that the user may see. */
export async function findIncident(ctx: Context, id: string): Promise<Incident | undefined> {
  const { rows } = await sql<Json<Incident>>`
    with ${seenIncidents(ctx)} select ${incidentRow.columns} from seen r where r.id = ${id}`.execute(ctx.tx)
  return rows[0] && incidentRow.read(rows[0])
}
