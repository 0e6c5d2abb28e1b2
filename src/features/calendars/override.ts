import { sql } from 'kysely'
import { type Changed, changeLine, type ChangingLine } from '#features/line-changes/change.ts'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { days } from '#platform/time/duration.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { momentAt, wallClockOf } from '#platform/time/wall-clock.ts'
import type { Calendar } from './calendar.ts'
import { dayAfter, hoursOn } from './hours.ts'
import { longestOverride } from './values.ts'

/** 本日だけ臨時休業／営業する: what holds until a moment, whatever else is set. Null: nothing. */
export type Override = { isOpen: boolean; until: Date } | null

export type OverrideProblem = 'past' | 'too-long' | 'changed-meanwhile'

/** Opens or closes until a moment, or goes back to what else is set. `version` is that of the calendar as it was shown. */
export async function overrideCalendar(
  ctx: LineContext,
  calendar: Pick<Calendar, 'id' | 'name'>,
  { override, version }: { override: Override; version: number },
): Promise<Outcome<Changed<void>, OverrideProblem | 'may-not-edit'>> {
  return changeLine(ctx, { action: 'calendar-overridden', subject: calendar.name }, (changing) =>
    setOverride(changing, calendar, { override, version }),
  )
}

/** Within a change: what `overrideCalendar` does, and a try of it. */
export async function setOverride(
  ctx: ChangingLine,
  { id }: Pick<Calendar, 'id'>,
  { override, version }: { override: Override; version: number },
): Promise<Outcome<void, OverrideProblem>> {
  if (override && override.until <= ctx.now) return refuse('past')
  if (override && override.until.getTime() - ctx.now.getTime() > longestOverride * days) return refuse('too-long')
  const { rows } = await sql`update pbx.calendar c
    set override_is_open = ${override?.isOpen ?? null}, override_until = ${override?.until ?? null}, version = c.version + 1
    where ${ofLine(ctx, 'c')} and c.id = ${id} and c.version = ${version} returning c.id`.execute(ctx.tx)
  return rows.length > 0 ? done() : refuse('changed-meanwhile')
}

/** What still holds of an override. */
export function overrideNow({ overrideIsOpen, overrideUntil }: Calendar, now: Date): Override {
  if (overrideIsOpen === null || overrideUntil === null || overrideUntil <= now) return null
  return { isOpen: overrideIsOpen, until: overrideUntil }
}

/** When the day is over that runs now: at midnight, or when the night ends that begins on it. */
export function endOfToday(calendar: Calendar, { line, now }: Pick<LineContext, 'line' | 'now'>): Date {
  const today = wallClockOf(now, line.timeZone).slice(0, 10)
  const closes = Math.max(24 * 60, ...hoursOn(calendar, new Map(), today).spans.map((span) => span.closes))
  const after = closes - 24 * 60
  const clock = `${String(Math.floor(after / 60)).padStart(2, '0')}:${String(after % 60).padStart(2, '0')}`
  return momentAt(`${dayAfter(today)}T${clock}`, line.timeZone) ?? now
}
