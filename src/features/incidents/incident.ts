import { type RawBuilder, sql } from 'kysely'
import { type Subject, subjectColumns, subjectRow } from '#features/subjects/subject.ts'
import { type Seen, seenBy } from '#features/rights/seen.ts'
import type { Context } from '#features/actor.ts'
import { at, type JsonRow, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'
import type { IncidentStep } from './steps.ts'

export const incidentKinds = ['fault', 'works'] as const
export type IncidentKind = (typeof incidentKinds)[number]

/** The phase, 発生中, 予定 or 終了, follows from the times. */
export const incidentPhases = ['running', 'coming', 'over'] as const
export type IncidentPhase = (typeof incidentPhases)[number]

/** A fault or works on contracts. */
export interface Incident {
  id: string
  code: string
  kind: IncidentKind
  phase: IncidentPhase
  title: Phrase
  /** The first of its contracts that the user sees. */
  subject: Subject
  /** How many of its contracts the user sees; of the others nothing is told. */
  contracts: number
  startsAt: Date
  /** For the contracts that the user sees: they may have been taken out of it before its end. */
  endsAt: Date | null
  /** Announced by mistake, or works that do not take place. */
  withdrawnAt: Date | null
  /** Null: the operator has not said. */
  step: IncidentStep | null
  /** When the operator has promised the next word. */
  nextUpdateAt: Date | null
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
  contracts: value('r.contracts'),
  startsAt: at('r.starts_at'),
  endsAt: at('r.ends_at'),
  withdrawnAt: at('r.withdrawn_at'),
  step: value('r.step'),
  nextUpdateAt: at('r.next_update_at'),
  updatedAt: at('r.updated_at'),
})

/** To what incidents may be narrowed: so that no more of them are read. */
export interface IncidentScope {
  /** To those of contracts of a service. */
  serviceId?: string | undefined
  contractId?: string | undefined
  /** To one of them. */
  id?: string | undefined
  /** Without those that ended earlier. */
  endedAfter?: Date | undefined
}

/**
 * For a statement's `with`: the faults and works that the user may see, as `seen`, for whoever sees one of their contracts. Each has the
 * columns of a subject, of its first contract, and the numbers of all that are seen. A contract that has ended has none.
 */
export function seenIncidents({ actor, now }: Context, of: IncidentScope = {}): RawBuilder<unknown> {
  const { ruled, isSeen } = seenBy(actor.scope)
  return sql`${ruled}, concerned as (
    select c.incident_id, (array_agg(k.id order by k.number))[1] as contract_id, count(*)::integer as contracts,
      string_agg(k.number, ' ') as contract_numbers, nullif(max(coalesce(c.left_at, 'infinity')), 'infinity') as left_at
    from incident i join incident_contract c on c.customer_id = i.customer_id and c.incident_id = i.id
    join contract k on k.customer_id = c.customer_id and k.id = c.contract_id
    where i.customer_id = ${actor.customer.id} and k.ended_on is null and ${isSeen({ id: 'k.id', service: 'k.service_id' })}
      and ${isWithin(of)}
    group by c.incident_id
  ), seen as (
    select r.id, r.code, r.kind, r.title_ja, r.title_en, r.starts_at, ${effectiveEnd} as ends_at, r.withdrawn_at, r.step,
      r.expected_end_at, r.next_update_at, r.cause_ja, r.cause_en, r.version, r.updated_at, o.contract_id, o.contracts, o.contract_numbers,
      case when ${effectiveEnd} <= ${now} then 'over' when r.starts_at > ${now} then 'coming' else 'running' end as phase,
      ${subjectColumns}
    from concerned o join incident r on r.customer_id = ${actor.customer.id} and r.id = o.incident_id
    join contract k on k.customer_id = r.customer_id and k.id = o.contract_id
    left join site t on t.customer_id = k.customer_id and t.id = k.site_id join service s on s.id = k.service_id)`
}

/** Of an incident `r` and when the last of the contracts left it, in `o`. `least` passes over what is null. */
const effectiveEnd = sql`least(r.ends_at, r.withdrawn_at, o.left_at)`

/** Of an incident `i` and a contract `k`. */
function isWithin({ serviceId, contractId, id, endedAfter }: IncidentScope): RawBuilder<unknown> {
  const conditions = [
    ...(serviceId === undefined ? [] : [sql`k.service_id = ${serviceId}`]),
    ...(contractId === undefined ? [] : [sql`k.id = ${contractId}`]),
    ...(id === undefined ? [] : [sql`i.id = ${id}`]),
    ...(endedAfter === undefined ? [] : [sql`(i.ends_at is null or i.ends_at > ${endedAfter})`]),
  ]
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}

/** Of an incident: it goes on at a moment, or is to come. */
export function isNotOver(alias: string, now: Date): RawBuilder<boolean> {
  const of = (column: string): RawBuilder<unknown> => sql.ref(`${alias}.${column}`)
  return sql<boolean>`((${of('ends_at')} is null or ${of('ends_at')} > ${now}) and ${of('withdrawn_at')} is null)`
}

/** Of an incident, beside the `ruled` of the reader's scope: one of its contracts is seen. */
export function concernsSeen(incident: string, isSeen: Seen['isSeen']): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from incident_contract c join contract k on k.customer_id = c.customer_id and k.id = c.contract_id
    where c.customer_id = ${sql.ref(`${incident}.customer_id`)} and c.incident_id = ${sql.ref(`${incident}.id`)} and k.ended_on is null
      and ${isSeen({ id: 'k.id', service: 'k.service_id' })})`
}
