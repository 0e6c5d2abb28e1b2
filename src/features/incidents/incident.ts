import { type RawBuilder, sql } from 'kysely'
import { type Subject, subjectColumns, subjectRow } from '#features/subjects/subject.ts'
import { seenBy } from '#features/rights/seen.ts'
import type { Context } from '#features/actor.ts'
import { at, type JsonRow, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'

export const incidentKinds = ['fault', 'works'] as const
export type IncidentKind = (typeof incidentKinds)[number]

/** The phase, 発生中, 予定 or 終了, follows from the times. */
export const incidentPhases = ['running', 'coming', 'over'] as const
export type IncidentPhase = (typeof incidentPhases)[number]

/** A fault or works on a contract. */
export interface Incident {
  id: string
  code: string
  kind: IncidentKind
  phase: IncidentPhase
  title: Phrase
  subject: Subject
  startsAt: Date
  endsAt: Date | null
  updatedAt: Date
}

/** Of a row `r` of `seen`. */
export const incidentRow: JsonRow<Incident> = jsonRow({
  id: value('r.id'),
  code: value('r.code'),
  kind: value('r.kind'),
  phase: value('r.phase'),
  title: phrase('r.title'),
  subject: subjectRow,
  startsAt: at('r.starts_at'),
  endsAt: at('r.ends_at'),
  updatedAt: at('r.updated_at'),
})

/** For a statement's `with`: the faults and works that the user may see, as `seen`. A contract that has ended has none. */
export function seenIncidents({ actor: { customer, scope }, now }: Context): RawBuilder<unknown> {
  const { ruled, isSeen } = seenBy(scope)
  return sql`${ruled}, seen as (
    select r.id, r.code, r.kind, r.title_ja, r.title_en, r.starts_at, r.ends_at, r.updated_at, r.contract_id,
      case when r.ends_at <= ${now} then 'over' when r.starts_at > ${now} then 'coming' else 'running' end as phase,
      ${subjectColumns}
    from incident r join contract k on k.customer_id = r.customer_id and k.id = r.contract_id
    left join site t on t.customer_id = k.customer_id and t.id = k.site_id join service s on s.id = k.service_id
    where r.customer_id = ${customer.id} and k.ended_on is null and ${isSeen({ id: 'k.id', service: 's.id' })})`
}
