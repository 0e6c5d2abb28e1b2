import { sql } from 'kysely'
import { ofLine, sameLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { jsonRow, rowFrom, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byText } from '#platform/list/sort-keys.ts'
import { ascending } from '#platform/list/sorting.ts'
import { type Calendar, calendarRow } from './calendar.ts'

export interface ListedCalendar {
  calendar: Calendar
  /** At this moment. */
  isOpen: boolean
}

/** The business hours of the line: at most some tens. */
export const calendarList = defineList({
  seen: (ctx: LineContext) => sql`seen as (
    select r.customer_id, r.contract_id, r.id, r.name, pbx.is_open(r.customer_id, r.contract_id, r.id, ${ctx.now}) as is_open
    from pbx.calendar r where ${ofLine(ctx, 'r')})`,
  row: jsonRow<ListedCalendar>({
    calendar: rowFrom(
      calendarRow,
      sql`(select r.customer_id, r.contract_id, r.id) one
        join pbx.calendar r on ${sameLine('r', 'one')} and r.id = one.id`,
    ),
    isOpen: value('r.is_open'),
  }),
  search: ['r.name'],
  facets: {},
  sortedBy: { name: ascending(byText('r.name')) },
  last: [byText('r.id')],
})
