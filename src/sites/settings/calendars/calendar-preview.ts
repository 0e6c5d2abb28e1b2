import type { CalendarPlan } from '#features/calendars/calendar.ts'
import { findHolidays } from '#features/calendars/calendar.ts'
import { dayAfter, type DayHours, daysFrom, hoursOn } from '#features/calendars/hours.ts'
import type { LineContext } from '#features/lines/open.ts'
import type { FormValues } from '#platform/form.ts'
import { wallClockOf } from '#platform/time/wall-clock.ts'
import { parseFields } from '#platform/web/form-input.ts'
import type { Preview } from '#platform/web/page.ts'
import type { Phrase } from '#platform/words.ts'
import { calendarFields, planIn } from './calendar-fields.ts'
import { addedEntry, entryIn, entryText } from './special-day-fields.ts'

/** What the form of business hours shows beside its fields. */
export interface CalendarForm {
  /** Of the line. */
  today: string
  /** National holidays from now on: the next ones, as they are known. */
  holidays: ReadonlyMap<string, Phrase>
  /** What was entered would say of the next days; undefined: not asked, or not to be said. */
  tried: { plan: CalendarPlan; days: DayHours[] } | undefined
  /** Why something that was entered cannot be taken. */
  refused: string | undefined
}

/** Of the line's own day, and this many from it on. */
const daysAhead = 30

/** The next days, from today on. */
export function nextDays(
  plan: CalendarPlan,
  { today, holidays }: Pick<CalendarForm, 'today' | 'holidays'>,
): DayHours[] {
  return daysFrom(today, dayAfter(today, daysAhead - 1)).map((day) => hoursOn(plan, holidays, day))
}

/** What a form of business hours begins with. */
export async function beginForm(ctx: LineContext): Promise<CalendarForm> {
  const today = wallClockOf(ctx.now, ctx.line.timeZone).slice(0, 10)
  const holidays = await findHolidays(ctx, { from: today, to: dayAfter(today, 366) })
  return { today, holidays, tried: undefined, refused: undefined }
}

/**
 * Does what a button of the form asks that saves nothing: adds and takes out special days, copies hours, or tries what was entered.
 * A form that is shown again asks once more what has shown something beside it.
 */
export async function previewCalendar<Data extends CalendarForm>(
  { language }: LineContext,
  { data, values }: { data: Data; values: FormValues },
): Promise<Preview<Data>> {
  const [asked = '', at = ''] = String(values['do'] ?? '').split(' ')
  if (asked === '') return { data, values, submits: true }
  const done = doneBy({ asked, at: Number(at) }, values, data)
  if (asked !== 'preview' && asked !== 'add') return { data, values: { ...done, do: '' }, submits: false }
  if (asked === 'add') {
    const entries = entriesIn(values).flatMap((text) => entryIn(text) ?? [])
    const added = addedEntry(addingIn(values), entries, language)
    if (added && 'problems' in added)
      return { data: { ...data, refused: added.problems[0]?.text }, values, submits: false }
    const entry = (added ? [...entries, added] : entries).toSorted((one, other) => (one.from < other.from ? -1 : 1))
    return { data, values: { ...values, ...nothingTyped, entry: entry.map(entryText), do: '' }, submits: false }
  }
  const parsed = parseFields(calendarFields, values)
  const plan = parsed.ok ? planIn(parsed.input, language) : { problems: parsed.problemsIn(language) }
  if ('problems' in plan) return { data: { ...data, refused: plan.problems[0]?.text }, values, submits: false }
  return { data: { ...data, tried: { plan, days: nextDays(plan, data) } }, values, submits: false }
}

const nothingTyped = { from: '', to: '', hours: '', dayName: '' }

function entriesIn(values: FormValues): string[] {
  return [values['entry'] ?? []].flat()
}

function addingIn(values: FormValues): typeof nothingTyped {
  const text = (name: string): string => String(values[name] ?? '')
  return { from: text('from'), to: text('to'), hours: text('hours'), dayName: text('dayName') }
}

function doneBy(
  { asked, at }: { asked: string; at: number },
  values: FormValues,
  { today }: Pick<CalendarForm, 'today'>,
): FormValues {
  const entries = entriesIn(values)
  if (asked === 'out') return { ...values, entry: entries.toSpliced(at, 1) }
  if (asked === 'over') return { ...values, entry: entries.filter((text) => (entryIn(text)?.to ?? today) >= today) }
  if (asked === 'copy') {
    const monday = String(values['w1'] ?? '')
    return { ...values, w2: monday, w3: monday, w4: monday, w5: monday }
  }
  const entry = asked === 'edit' ? entryIn(entries[at] ?? '') : undefined
  if (!entry) return values
  const { from, to, span, name } = entry
  const hours = span ? entryText({ ...entry, name: '' }).split(' ')[1] : ''
  return { ...values, entry: entries.toSpliced(at, 1), from, to, hours: hours ?? '', dayName: name }
}
