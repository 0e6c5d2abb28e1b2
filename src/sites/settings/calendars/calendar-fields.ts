import { z } from 'zod'
import type { CalendarPlan } from '#features/calendars/calendar.ts'
import { daysOf, entriesOf } from '#features/calendars/entries.ts'
import type { CalendarProblem } from '#features/calendars/save.ts'
import { type SpanProblem, spansIn, spansText } from '#features/calendars/spans.ts'
import { calendarName, mostCalendars, mostSpecialDays } from '#features/calendars/values.ts'
import type { FormValues } from '#platform/form.ts'
import { typed } from '#platform/values.ts'
import { type Input, problemAt, type Problem } from '#platform/web/page.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { checkBox } from '../extensions/extension-fields.tsx'
import { weekdayWords } from './hours-words.ts'
import { addedEntry, entryIn, entryText } from './special-day-fields.ts'

export const calendarWords = {
  name: { ja: '営業時間の名前', en: 'Name' },
  holidays: { ja: '祝日に休む', en: 'Closed on national holidays' },
  entries: { ja: '特定日', en: 'Special days' },
  from: { ja: '開始日', en: 'From' },
  to: { ja: '終了日', en: 'To' },
  hours: { ja: '営業する時間', en: 'Hours' },
  dayName: { ja: '特定日の名前', en: 'Name of the days' },
  do: { ja: '操作', en: 'Action' },
}

const hours = z.string().max(200).default('')
const dayField = z.string().max(20).default('')
export const weekdayFields = ['w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7'] as const
const [w1, w2, w3, w4, w5, w6, w7] = weekdayWords.map((label) => ({ label, value: hours }))
const unnamed = { label: calendarWords.hours, value: hours }

/** The fields of business hours, for adding and editing alike. Special days stand as `entry`; the last four are of one to be added. */
export const calendarFields = {
  name: { label: calendarWords.name, value: typed(calendarName) },
  w1: w1 ?? unnamed,
  w2: w2 ?? unnamed,
  w3: w3 ?? unnamed,
  w4: w4 ?? unnamed,
  w5: w5 ?? unnamed,
  w6: w6 ?? unnamed,
  w7: w7 ?? unnamed,
  holidays: { label: calendarWords.holidays, value: checkBox },
  entry: { label: calendarWords.entries, value: z.array(z.string().max(100)).max(2 * mostSpecialDays), many: true },
  from: { label: calendarWords.from, value: dayField, carried: true },
  to: { label: calendarWords.to, value: dayField, carried: true },
  hours: { label: calendarWords.hours, value: hours, carried: true },
  dayName: { label: calendarWords.dayName, value: z.string().max(200).default(''), carried: true },
  do: { label: calendarWords.do, value: z.string().max(20).optional(), carried: true },
} as const

/** What was typed, as the business hours that it would be. */
export function planIn(input: Input<typeof calendarFields>, language: Language): CalendarPlan | Problem {
  const week = []
  for (const [at, field] of weekdayFields.entries()) {
    const read = spansIn(input[field])
    if ('problem' in read)
      return problemAt(field, spanProblems[read.problem][language](weekdayWords[at]?.[language] ?? '', read.typed))
    week.push(...read.spans.map((span) => ({ weekday: at + 1, ...span })))
  }
  const entries = input.entry.flatMap((text) => entryIn(text) ?? [])
  const added = addedEntry(input, entries, language)
  if (added && 'problems' in added) return added
  const days = daysOf(added ? [...entries, added] : entries)
  return { name: input.name, closesOnNationalHolidays: input.holidays === 'on', week, days }
}

const spanProblems: Record<SpanProblem, Phrase<(day: string, typed: string) => string>> = {
  unreadable: {
    ja: (day, given) => `${day}の「${given}」は時間として読み取れません。9:00-18:00の形式で入力してください。`,
    en: (day, given) => `“${given}” on ${day} is no time. Hours are written like 9:00-18:00.`,
  },
  backwards: {
    ja: (day, given) =>
      `${day}の「${given}」は、終わりが始まりより後ではありません。日付をまたぐときは22:00-翌6:00の形式で入力してください。`,
    en: (day, given) => `“${given}” on ${day} ends before it begins. A night is written like 22:00-30:00.`,
  },
  'too-late': {
    ja: (day, given) => `${day}の「${given}」は、始まりを24:00より前、終わりを翌12:00までで入力してください。`,
    en: (day, given) => `“${given}” on ${day}: begin before 24:00, and end by 36:00 (noon of the next day).`,
  },
  overlapping: {
    ja: (day, given) => `${day}の「${given}」が、ほかの時間と重なっています。重ならないように入力してください。`,
    en: (day, given) => `“${given}” on ${day} overlaps with another span. Enter spans that do not.`,
  },
  'too-many': {
    ja: (day) => `${day}の時間は8つまでです。減らしてください。`,
    en: (day) => `There can be 8 spans on ${day}. Enter fewer.`,
  },
}

export function calendarValues(calendar: CalendarPlan): FormValues {
  const spansOf = (weekday: number): string => spansText(calendar.week.filter((each) => each.weekday === weekday))
  return {
    name: calendar.name,
    ...Object.fromEntries(weekdayFields.map((field, at) => [field, spansOf(at + 1)])),
    holidays: calendar.closesOnNationalHolidays ? 'on' : '',
    entry: entriesOf(calendar.days).map(entryText),
  }
}

const problems: Record<CalendarProblem, Phrase> = {
  'name-taken': {
    ja: '同じ名前の営業時間があります。別の名前を入力してください。',
    en: 'There are business hours of this name. Enter another one.',
  },
  'too-many': {
    ja: `営業時間は${mostCalendars}件までです。使っていないものを削除してください。`,
    en: `A contract has at most ${mostCalendars} business hours. Delete those that nothing uses.`,
  },
  'too-many-days': {
    ja: `特定日は${mostSpecialDays}日までです。過ぎた日を外してください。`,
    en: `There can be ${mostSpecialDays} special days. Take out those that are over.`,
  },
  overlapping: {
    ja: '同じ曜日の時間が重なっています。重ならないように入力してください。',
    en: 'Spans of the same day overlap. Enter spans that do not.',
  },
  'changed-meanwhile': {
    ja: '別の方が同じ営業時間を変更しています。現在の内容を確認してから、もう一度「適用する」を押してください。',
    en: 'Somebody else has changed the same hours. Look at what they are now, then press “Apply” again.',
  },
}

/** Why business hours were not saved, at its field. */
export function calendarProblem(problem: CalendarProblem, language: Language): Problem {
  const field = problem === 'name-taken' ? 'name' : problem === 'too-many-days' ? 'from' : undefined
  return problemAt(field, problems[problem][language])
}
