import type { Phrase } from '#platform/words.ts'
import type { CalendarPlan } from './calendar.ts'
import type { Span } from './spans.ts'

/** The hours of a day, and why it has them. */
export interface DayHours {
  /** ISO 8601 */
  day: string
  /** ISO 8601: Monday is 1. */
  weekday: number
  /** Those of its weekday; closed as a national holiday; or a special day. */
  by: 'week' | 'holiday' | 'special'
  /** Of a holiday, also where it is open as the week says; of a special day, which may have none. */
  name: Phrase | undefined
  /** Empty: closed. What goes on past midnight is of this day. */
  spans: readonly Span[]
}

/** What business hours say of a day, apart from an override: as `pbx.is_open` judges it. */
export function hoursOn(plan: CalendarPlan, holidays: ReadonlyMap<string, Phrase>, day: string): DayHours {
  const weekday = weekdayOf(day)
  const special = plan.days.find((each) => each.day === day)
  if (special) {
    const name = special.name === '' ? holidays.get(day) : { ja: special.name, en: special.name }
    return { day, weekday, by: 'special', name, spans: special.span ? [special.span] : [] }
  }
  const name = holidays.get(day)
  if (name && plan.closesOnNationalHolidays) return { day, weekday, by: 'holiday', name, spans: [] }
  const spans = plan.week.filter((each) => each.weekday === weekday)
  return { day, weekday, by: 'week', name, spans: spans.map(({ opens, closes }) => ({ opens, closes })) }
}

/** ISO 8601: Monday is 1. */
export function weekdayOf(day: string): number {
  return new Date(day).getUTCDay() || 7
}

/** The day so many days later. */
export function dayAfter(day: string, by = 1): string {
  return new Date(Date.parse(day) + by * oneDay).toISOString().slice(0, 10)
}

/** How many days there are from one to another, both counted; none backwards. */
export function countDays(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / oneDay + 1)
}

/** All of them; what may be long is counted first. */
export function daysFrom(from: string, to: string): string[] {
  return Array.from({ length: countDays(from, to) }, (_, at) => dayAfter(from, at))
}

const oneDay = 24 * 60 * 60 * 1000
