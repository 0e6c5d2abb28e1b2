import { sql } from 'kysely'
import { type Changed, changeLine, type ChangingLine } from '#features/line-changes/change.ts'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Calendar } from './calendar.ts'

/** Removes business hours that no number has. */
export async function removeCalendar(
  ctx: LineContext,
  calendar: Pick<Calendar, 'id' | 'name'>,
): Promise<Outcome<Changed<void>, 'still-used' | 'may-not-edit'>> {
  return changeLine(ctx, { action: 'calendar-deleted', subject: calendar.name }, (changing) =>
    takeOutCalendar(changing, calendar),
  )
}

/** Within a change: what `removeCalendar` does, and a try of it. */
export async function takeOutCalendar(
  ctx: ChangingLine,
  { id }: Pick<Calendar, 'id'>,
): Promise<Outcome<void, 'still-used'>> {
  const { rows: using } = await sql`select from pbx.external_number n
    where ${ofLine(ctx, 'n')} and n.calendar_id = ${id} limit 1`.execute(ctx.tx)
  if (using.length > 0) return refuse('still-used')
  // Its spans and days go with it.
  await sql`delete from pbx.calendar c where ${ofLine(ctx, 'c')} and c.id = ${id}`.execute(ctx.tx)
  return done()
}
