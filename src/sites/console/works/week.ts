import { days } from '#platform/time/duration.ts'
import { momentAt, wallClockOf } from '#platform/time/wall-clock.ts'

export interface Week {
  from: Date
  to: Date
  days: { on: string; from: Date; to: Date }[]
  /** The first days of the weeks around it. */
  before: string
  after: string
}

/** The week, from its Monday on, in which a day lies; without one, in which it is now. */
export function weekOf(day: string | undefined, { now, zone }: { now: Date; zone: string }): Week {
  const today = wallClockOf(now, zone).slice(0, 10)
  const given = day !== undefined && /^2[01]\d\d-\d\d-\d\d$/.test(day) && isDay(day) ? day : today
  // The calendar is the same in every zone; Sunday is 0.
  const fromMonday = (new Date(`${given}T00:00:00Z`).getUTCDay() + 6) % 7
  const monday = plus(given, -fromMonday)
  const each = Array.from({ length: 7 }, (_, at) => plus(monday, at))
  const begin = (on: string): Date => momentAt(`${on}T00:00`, zone) ?? now
  return {
    from: begin(monday),
    to: begin(plus(monday, 7)),
    days: each.map((on) => ({ on, from: begin(on), to: begin(plus(on, 1)) })),
    before: plus(monday, -7),
    after: plus(monday, 7),
  }
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

function plus(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * days).toISOString().slice(0, 10)
}
