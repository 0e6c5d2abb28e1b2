import type { SpecialDay } from './calendar.ts'
import { dayAfter, daysFrom } from './hours.ts'
import type { Span } from './spans.ts'

/** Special days in a row that are alike: a closure from one year into the next is one. */
export interface SpecialEntry {
  /** ISO 8601 */
  from: string
  to: string
  name: string
  /** Null: closed. */
  span: Span | null
}

/** Special days as people think of them, in their order. */
export function entriesOf(days: readonly SpecialDay[]): SpecialEntry[] {
  const entries: SpecialEntry[] = []
  for (const { day, name, span } of days.toSorted((one, other) => (one.day < other.day ? -1 : 1))) {
    const last = entries.at(-1)
    if (last && dayAfter(last.to) === day && last.name === name && isSame(last.span, span)) last.to = day
    else entries.push({ from: day, to: day, name, span })
  }
  return entries
}

/** Each of their days. Of a day that is named twice the last counts. */
export function daysOf(entries: readonly SpecialEntry[]): SpecialDay[] {
  const days = new Map<string, SpecialDay>()
  for (const { from, to, name, span } of entries)
    for (const day of daysFrom(from, to)) days.set(day, { day, name, span })
  return [...days.values()].toSorted((one, other) => (one.day < other.day ? -1 : 1))
}

function isSame(one: Span | null, other: Span | null): boolean {
  return one?.opens === other?.opens && one?.closes === other?.closes
}
