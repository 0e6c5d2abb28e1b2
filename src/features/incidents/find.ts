import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { seenBy } from '#features/rights/seen.ts'
import { at, type Json, type JsonRow, jsonRow, phrase, rowsOf, value, when } from '#platform/database/json-row.ts'
import type { ToldText } from './entry.ts'
import { toldText } from './told-text.ts'
import { type IncidentUpdate, updateFacts } from './update.ts'
import { type Incident, incidentRow, seenIncidents } from './incident.ts'
import type { Phrase } from '#platform/words.ts'

/** A contract that an incident concerns. */
export interface ConcernedContract {
  id: string
  number: string
  service: Phrase
  site: string | null
  /** Since when it is not concerned any more, while the incident goes on. */
  leftAt: Date | null
}

/** What the page of an incident tells beside the list. */
export interface IncidentDetails {
  expectedEndAt: Date | null
  cause: ToldText | null
  /** Raised with each change of it. */
  version: number
  /** The latest first. */
  updates: IncidentUpdate[]
  /** Of those that the user sees, the first by their numbers. */
  concerned: ConcernedContract[]
}

/** How many contracts the page shows; of the others it tells how many there are. */
const mostConcerned = 50

/** A fault or works that the user may see. */
export async function findIncident(ctx: Context, id: string): Promise<(Incident & IncidentDetails) | undefined> {
  const details = detailsFor(ctx)
  const { rows } = await sql<Json<Incident> & Json<IncidentDetails>>`
    with ${seenIncidents(ctx, { id })} select ${incidentRow.columns}, ${details.columns} from seen r`.execute(ctx.tx)
  return rows[0] && { ...incidentRow.read(rows[0]), ...details.read(rows[0]) }
}

const updates = rowsOf(jsonRow<IncidentUpdate>(updateFacts), {
  from: sql`incident_update u where u.customer_id = app_customer() and u.incident_id = r.id`,
  orderBy: sql`u.number desc`,
})

/** Of a row `r` of `seen`, beside whose `ruled` it stands. */
function detailsFor({ actor }: Context): JsonRow<IncidentDetails> {
  const { isSeen } = seenBy(actor.scope)
  return jsonRow<IncidentDetails>({
    expectedEndAt: at('r.expected_end_at'),
    cause: when(sql`r.cause_ja is not null`, toldText('r.cause')),
    version: value('r.version'),
    updates,
    concerned: rowsOf(concernedRow, {
      from: sql`(
        select k.id, k.number, k.site_id, k.service_id, c.left_at
        from incident_contract c join contract k on k.customer_id = c.customer_id and k.id = c.contract_id
        where c.customer_id = ${actor.customer.id} and c.incident_id = r.id and k.ended_on is null
          and ${isSeen({ id: 'k.id', service: 'k.service_id' })}
        order by k.number limit ${sql.lit(mostConcerned)}
      ) c join service s on s.id = c.service_id left join site t on t.customer_id = ${actor.customer.id} and t.id = c.site_id`,
      orderBy: sql`c.number`,
    }),
  })
}

const concernedRow = jsonRow<ConcernedContract>({
  id: value('c.id'),
  number: value('c.number'),
  service: phrase('s.name'),
  site: value('t.name'),
  leftAt: at('c.left_at'),
})
