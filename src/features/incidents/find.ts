import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { type Incident, type IncidentJson, incidentJson, readIncident, seenIncidents } from './incident.ts'

/** A fault or works that the user may see. */
export async function findIncident(ctx: Context, id: string): Promise<Incident | undefined> {
  const { rows } = await sql<{ incident: IncidentJson }>`
    with ${seenIncidents(ctx)} select ${incidentJson} as incident from seen r where r.id = ${id}`.execute(ctx.tx)
  return rows[0] && readIncident(rows[0].incident)
}
