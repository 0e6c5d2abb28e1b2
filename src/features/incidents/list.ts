import { sql } from 'kysely'
import type { SubjectScope } from '#features/subjects/subject.ts'
import type { Context } from '#features/actor.ts'
import { after, days } from '#platform/time/duration.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger, byNumber, byText, byTime, secondsOf } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import { incidentKinds, incidentPhases, incidentRow, seenIncidents } from './incident.ts'

/** How long what has ended stays in the list. */
const listedAfterEnd = 90 * days

/** The faults and works that the user may see, without those that ended long ago. */
export const incidentList = defineList({
  seen: (ctx: Context, of: SubjectScope) => seenIncidents(ctx, { ...of, endedAfter: after(ctx.now, -listedAfterEnd) }),
  row: incidentRow,
  within: ({ now }) => sql`(r.ends_at is null or r.ends_at > ${after(now, -listedAfterEnd)})`,
  search: ['r.code', 'r.title_ja', 'r.title_en', 'r.contract_numbers'],
  facets: {
    kind: { values: incidentKinds, column: 'r.kind' },
    phase: { values: incidentPhases, column: 'r.phase' },
  },
  sortedBy: {
    // Open faults from the newest, then running and coming works in the order of their time, then what is over.
    urgency: ascending(
      byInteger(sql`case when r.phase = 'over' then 3 when r.kind = 'works' or r.phase = 'coming' then 2 else 1 end`),
      byNumber(sql`case when r.phase = 'over' then -${secondsOf('r.ends_at')}
        when r.kind = 'works' or r.phase = 'coming' then ${secondsOf('r.starts_at')} else -${secondsOf('r.starts_at')} end`),
    ),
    start: descending(byTime('r.starts_at')),
    contract: ascending(byText('r.contract_number')),
  },
  last: [byText('r.code')],
})
