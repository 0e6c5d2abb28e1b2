import { sql } from 'kysely'
import { type IncidentKind, incidentKinds } from '#features/incidents/incident.ts'
import type { Visitor } from '#platform/context.ts'
import { at, jsonRow, phrase, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger, byNumber, byText, byTime, secondsOf } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import type { Phrase } from '#platform/words.ts'
import { isLateAt, type OutageStage, outageStages, stageAt } from './outage.ts'

/** An outage in the list of staff. */
export interface ListedOutage {
  id: string
  code: string
  kind: IncidentKind
  title: Phrase
  stage: OutageStage
  isLate: boolean
  startsAt: Date
  endsAt: Date | null
  nextUpdateAt: Date | null
}

/** All that the operator tells of many customers. */
export const outageList = defineList({
  seen: ({ now }: Visitor) => sql`seen as (
    select r.id, r.code, r.kind, r.title_ja, r.title_en, r.starts_at, r.ends_at, r.next_update_at,
      ${stageAt(now)} as stage, ${isLateAt(now)} as is_late from outage r)`,
  row: jsonRow<ListedOutage>({
    id: value('r.id'),
    code: value('r.code'),
    kind: value('r.kind'),
    title: phrase('r.title'),
    stage: value('r.stage'),
    isLate: value('r.is_late'),
    startsAt: at('r.starts_at'),
    endsAt: at('r.ends_at'),
    nextUpdateAt: at('r.next_update_at'),
  }),
  search: ['r.code', 'r.title_ja', 'r.title_en'],
  facets: {
    stage: { values: outageStages, column: 'r.stage' },
    kind: { values: incidentKinds, column: 'r.kind' },
  },
  sortedBy: {
    // Whose promised word is late, the latest first; then what goes on, what is to be published and what is to come; what is over at last.
    urgency: ascending(
      byInteger(
        sql`case when r.is_late then 0 else array_position(array['running', 'draft', 'coming', 'over', 'withdrawn'], r.stage) end`,
      ),
      byNumber(sql`case when r.is_late then ${secondsOf('r.next_update_at')} when r.stage = 'coming' then ${secondsOf('r.starts_at')}
        else -${secondsOf('r.starts_at')} end`),
    ),
    start: descending(byTime('r.starts_at')),
    next: ascending(byTime('r.next_update_at')),
  },
  last: [byText('r.code')],
})
