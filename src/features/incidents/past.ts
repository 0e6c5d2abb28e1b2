import { type RawBuilder, sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { at, type Fact, jsonRow, phrase, rowsOf, value, when } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byNumber, byText, byTime } from '#platform/list/sort-keys.ts'
import { descending } from '#platform/list/sorting.ts'
import { after, days } from '#platform/time/duration.ts'
import type { Phrase } from '#platform/words.ts'
import type { ToldText } from './entry.ts'
import { toldText } from './told-text.ts'
import { type IncidentKind, incidentKinds, seenIncidents } from './incident.ts'

/** A fault or works that a contract has behind it. */
export interface PastIncident {
  id: string
  code: string
  kind: IncidentKind
  title: Phrase
  startsAt: Date
  /** For the contract: it may have left before the whole was over. */
  endsAt: Date
  minutes: number
  cause: ToldText | null
}

/** What a month of the reader's calendar had of it. */
export interface IncidentMonth {
  /** 2026-11 */
  month: string
  faults: number
  faultMinutes: number
  works: number
  worksMinutes: number
}

/** What is older is of no more use in a talk on service levels. */
const told = 7 * 366 * days

const minutesOf = (from: RawBuilder<unknown>, to: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`round(extract(epoch from ${to} - ${from}) / 60)::integer`

const minutes = minutesOf(sql`r.starts_at`, sql`r.ends_at`)

const row = jsonRow<PastIncident>({
  id: value('r.id'),
  code: value('r.code'),
  kind: value('r.kind'),
  title: phrase('r.title'),
  startsAt: at('r.starts_at'),
  endsAt: at('r.ends_at'),
  minutes: value(minutes),
  cause: when(sql`r.cause_ja is not null`, toldText('r.cause')),
})

/** What is over of one contract, with what it comes to in each month. */
export const pastIncidentList = defineList({
  seen: (ctx: Context, { contractId }: { contractId: string }) =>
    seenIncidents(ctx, { contractId, endedAfter: after(ctx.now, -told) }),
  row,
  within: () => sql`r.phase = 'over' and r.withdrawn_at is null`,
  search: ['r.code', 'r.title_ja', 'r.title_en', 'r.cause_ja', 'r.cause_en'],
  facets: { kind: { values: incidentKinds, column: 'r.kind' } },
  sortedBy: {
    start: descending(byTime('r.starts_at')),
    minutes: descending(byNumber(minutes)),
  },
  last: [byText('r.code')],
  beside: ({ actor }: Context, _of: { contractId: string }) => months(actor.timeZone),
})

/** Whatever lies in two months counts in each for its part of it. */
function months(zone: string): Fact<IncidentMonth[]> {
  const month = jsonRow<IncidentMonth>({
    month: value('m.month'),
    faults: value('m.faults'),
    faultMinutes: value('m.fault_minutes'),
    works: value('m.works'),
    worksMinutes: value('m.works_minutes'),
  })
  const part = minutesOf(
    sql`greatest(r.starts_at, g.month at time zone ${zone})`,
    sql`least(r.ends_at, (g.month + interval '1 month') at time zone ${zone})`,
  )
  const of = (kind: IncidentKind, what: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`coalesce(${what} filter (where r.kind = ${sql.lit(kind)}), 0)::integer`
  return rowsOf(month, {
    from: sql`(
      select to_char(g.month, 'YYYY-MM') as month, ${of('fault', sql`count(*)`)} as faults, ${of('fault', sql`sum(${part})`)} as fault_minutes,
        ${of('works', sql`count(*)`)} as works, ${of('works', sql`sum(${part})`)} as works_minutes
      from seen r cross join lateral generate_series(date_trunc('month', r.starts_at at time zone ${zone}), r.ends_at at time zone ${zone},
        interval '1 month') as g (month)
      where r.phase = 'over' and r.withdrawn_at is null group by g.month
    ) m`,
    orderBy: sql`m.month desc`,
  })
}
