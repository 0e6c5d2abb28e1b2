import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { subjectHolds } from '#features/subjects/subject.ts'
import type { Context } from '#features/actor.ts'
import { after, days } from '#platform/time/duration.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { instantOf, integerPart, numberPart, textPart } from '#platform/list/row-keys.ts'
import { type ListedRows, readShortList } from '#platform/list/short-list.ts'
import {
  type Incident,
  incidentJson,
  type IncidentKind,
  incidentKinds,
  type IncidentPhase,
  incidentPhases,
  readIncident,
  seenIncidents,
} from './incident.ts'

export const incidentColumns = ['urgency', 'start', 'contract'] as const
export type IncidentColumn = (typeof incidentColumns)[number]

export interface IncidentFilter {
  terms: readonly string[]
  kind?: IncidentKind | undefined
  phase?: IncidentPhase | undefined
  serviceId?: string | undefined
}

export interface IncidentsAsked {
  filter: IncidentFilter
  sorting: { by: IncidentColumn; descending: boolean }
  place: Place
}

/** Counted by kind and phase, whatever the filter names. */
export type IncidentList = ListedRows<Incident, `${IncidentKind} ${IncidentPhase}`>

/** How long what has ended stays in the list. */
const listedAfterEnd = 90 * days

/** The faults and works that the user may see, without those that ended long ago. */
export async function listIncidents(ctx: Context, { filter, sorting, place }: IncidentsAsked): Promise<IncidentList> {
  const { terms, kind, phase, serviceId } = filter
  const kinds = (kind ? [kind] : incidentKinds).flatMap((of) =>
    (phase ? [phase] : incidentPhases).map((each) => `${of} ${each}` as const),
  )
  const listed = await readShortList(ctx.tx, {
    seen: seenIncidents(ctx),
    row: incidentJson,
    within: sql`(r.ends_at is null or r.ends_at > ${after(ctx.now, -listedAfterEnd)})
      and ${serviceId ? sql`r.service_id = ${serviceId}` : sql`true`}`,
    matching: subjectHolds(terms),
    kind: sql<(typeof kinds)[number]>`r.kind || ' ' || r.phase`,
    kinds,
    order: { columns: [...sortedBy[sorting.by], sql`r.code`], descending: sorting.descending },
    place,
  })
  return { ...listed, rows: listed.rows.map(({ row, key }) => ({ row: readIncident(row), key })) }
}

/** Open faults from the newest, then running and coming works in the order of their time, then what is over. */
const sortedBy: Record<IncidentColumn, RawBuilder<unknown>[]> = {
  urgency: [
    sql`case when r.phase = 'over' then 3 when r.kind = 'works' or r.phase = 'coming' then 2 else 1 end`,
    sql`case when r.phase = 'over' then -${instantOf('r.ends_at')}
      when r.kind = 'works' or r.phase = 'coming' then ${instantOf('r.starts_at')} else -${instantOf('r.starts_at')} end`,
  ],
  start: [instantOf('r.starts_at')],
  contract: [sql`r.contract_number`],
}

/** Checks the key of a row. */
export function incidentKeyBy(column: IncidentColumn): z.ZodType<RowKey> {
  if (column === 'urgency') return z.tuple([integerPart, numberPart, textPart])
  return z.tuple([column === 'start' ? numberPart : textPart, textPart])
}
