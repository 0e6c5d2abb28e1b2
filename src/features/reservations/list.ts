import { sql } from 'kysely'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byId, byInteger, byNumber, byTime } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import { reservationRow } from './reservation.ts'
import { reservationStates } from './values.ts'

/** The reservations of a line: those that wait first, the next one before all. */
export const reservationList = defineList({
  seen: (ctx: LineContext) => sql`seen as (
    select r.*, array_position(${[...reservationStates]}::text[], r.state) as urgency,
      -- Of those that wait the next comes first, and of those that are over the last.
      extract(epoch from r.due_at)::bigint * case r.state when 'waiting' then 1 else -1 end as away
    from pbx.reservation r where ${ofLine(ctx, 'r')})`,
  row: reservationRow,
  search: ['r.subject', 'r.actor_name'],
  facets: { state: { values: reservationStates, column: 'r.state' } },
  sortedBy: {
    due: ascending(byInteger('r.urgency'), byNumber(sql`r.away`)),
    reserved: descending(byTime('r.reserved_at')),
  },
  last: [byId('r.id')],
})
