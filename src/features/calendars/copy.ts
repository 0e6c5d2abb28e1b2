import { sql } from 'kysely'
import type { ChangingLine } from '#features/line-changes/change.ts'
import type { LineCopy } from '#features/line-copies/copy.ts'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { findOnward, type Onward } from '#features/onward/onward.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { type Calendar, type CalendarPlan, findCalendar, findCalendarNamed } from './calendar.ts'
import { type CalendarProblem, makeCalendar, setCalendar } from './save.ts'

/** Business hours, and where calls go while they are closed: undefined unless that is the same for all numbers that use them. */
export interface CalendarToCopy {
  calendar: Calendar
  closed: Onward | undefined
}

export type CalendarCopyProblem =
  | CalendarProblem
  | 'too-many-calendars'
  | 'unknown-closed'
  | 'unconfirmed-outside'
  | 'no-voicemail'

export async function findCalendarToCopy(ctx: LineContext, id: string): Promise<CalendarToCopy | undefined> {
  const [calendar, { rows }] = await Promise.all([
    findCalendar(ctx, id),
    sql<Onward>`
      select distinct case when r.closed_inside is not null then 'inside' when r.closed_outside is not null then 'outside'
          when r.closed_voicemail is not null then 'voicemail' else 'nothing' end as kind,
        coalesce(r.closed_inside, r.closed_outside, r.closed_voicemail, '') as number
      from pbx.external_number r where ${ofLine(ctx, 'r')} and r.calendar_id = ${id} limit 2`.execute(ctx.tx),
  ])
  return calendar && { calendar, closed: rows.length === 1 ? rows[0] : undefined }
}

/**
 * Business hours for other contracts: those of the same id become the same, or else those of the same name; where there are none a
 * copy is made, which has the id. With `closed`, calls to the numbers that use them there go where they go here while it is closed.
 */
export function copyOfCalendar(
  { calendar, closed }: CalendarToCopy,
  { closed: withClosed }: { closed: boolean },
): LineCopy<CalendarCopyProblem> {
  const { name, closesOnNationalHolidays, week, days } = calendar
  const plan: CalendarPlan = { name, closesOnNationalHolidays, week, days }
  return {
    action: 'calendar-copied',
    subject: name,
    async put(changing) {
      const there = (await findCalendar(changing, calendar.id)) ?? (await findCalendarNamed(changing, name))
      const id = there?.id ?? calendar.id
      const put = there
        ? await setCalendar(changing, there, { plan, version: there.version })
        : await makeCalendar(changing, plan, id)
      // Whoever copies is told of room in other contracts: of what, too.
      if (!put.ok && put.problem === 'too-many') return refuse('too-many-calendars')
      return put.ok && withClosed && closed ? setClosed(changing, id, closed) : put
    },
  }
}

/** Where calls to the numbers of a calendar go while it is closed. */
async function setClosed(
  ctx: ChangingLine,
  calendarId: string,
  closed: Onward,
): Promise<Outcome<void, 'unknown-closed' | 'unconfirmed-outside' | 'no-voicemail'>> {
  const { rows } = await sql`select from pbx.external_number r
    where ${ofLine(ctx, 'r')} and r.calendar_id = ${calendarId} limit 1`.execute(ctx.tx)
  if (rows.length === 0) return done()
  const found = await findOnward(ctx, closed)
  if (!found.ok) {
    const { problem } = found
    return refuse(problem === 'no-voicemail' || problem === 'unconfirmed-outside' ? problem : 'unknown-closed')
  }
  const { inside, outside, voicemail } = found.value
  await sql`update pbx.external_number r
    set closed_inside = ${inside}, closed_outside = ${outside}, closed_voicemail = ${voicemail}, version = r.version + 1
    where ${ofLine(ctx, 'r')} and r.calendar_id = ${calendarId}
      and (r.closed_inside, r.closed_outside, r.closed_voicemail) is distinct from (${inside}::text, ${outside}::text, ${voicemail}::text)`.execute(
    ctx.tx,
  )
  return done()
}
