import { sql } from 'kysely'
import type { ToldText } from '#features/incidents/entry.ts'
import { type IncidentKind, isNotOver } from '#features/incidents/incident.ts'
import type { IncidentStep } from '#features/incidents/steps.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { Phrase } from '#platform/words.ts'

/** An incident as it is told by mail. */
export interface ToldIncident {
  id: string
  customerId: string
  code: string
  kind: IncidentKind
  title: Phrase
  startsAt: Date
  endsAt: Date | null
  expectedEndAt: Date | null
  nextUpdateAt: Date | null
  withdrawnAt: Date | null
  cause: ToldText | null
  version: number
  isNotOver: boolean
  /** How many there are. */
  updates: number
  /** The newest. */
  said: { text: ToldText; step: IncidentStep | null } | null
}

/** With the operator's role, past the fence: the job names the incident alone. */
export async function findSubject(tx: Transaction, id: string, now: Date): Promise<ToldIncident | undefined> {
  const { rows } = await sql<ToldIncident>`
    select i.id, i.customer_id as "customerId", i.code, i.kind, json_build_object('ja', i.title_ja, 'en', i.title_en) as title,
      i.starts_at as "startsAt", i.ends_at as "endsAt", i.expected_end_at as "expectedEndAt", i.next_update_at as "nextUpdateAt",
      i.withdrawn_at as "withdrawnAt", i.version, ${isNotOver('i', now)} as "isNotOver",
      case when i.cause_ja is not null then json_strip_nulls(json_build_object('ja', i.cause_ja, 'en', i.cause_en)) end as cause,
      (select count(*)::integer from incident_update u where u.customer_id = i.customer_id and u.incident_id = i.id) as updates,
      (select json_build_object('step', u.step, 'text', json_strip_nulls(json_build_object('ja', u.text_ja, 'en', u.text_en)))
        from incident_update u where u.customer_id = i.customer_id and u.incident_id = i.id order by u.number desc limit 1) as said
    from incident i where i.id = ${id}`.execute(tx)
  return rows[0]
}
