import type { SpecialEntry } from '#features/calendars/entries.ts'
import { countDays } from '#features/calendars/hours.ts'
import { spansIn, spansText } from '#features/calendars/spans.ts'
import { mostSpecialDays, specialDayName } from '#features/calendars/values.ts'
import { typedDay } from '#platform/values.ts'
import { problemAt, type Problem } from '#platform/web/page.ts'
import type { Language, Phrase } from '#platform/words.ts'

/** Special days as the form carries them: `2026-12-29/2027-01-03 - 年末年始`. */
export function entryText({ from, to, span, name }: SpecialEntry): string {
  return `${from}/${to} ${span ? spansText([span]) : '-'} ${name}`.trim()
}

/** Undefined: not as we have written it. */
export function entryIn(text: string): SpecialEntry | undefined {
  const [, from = '', to = '', span = '', name = ''] = /^(\S+)\/(\S+) (\S+)(?: (.*))?$/u.exec(text) ?? []
  const read = readEntry({ from, to, hours: span === '-' ? '' : span, dayName: name })
  return 'wrong' in read ? undefined : read
}

type Adding = Record<'from' | 'to' | 'hours' | 'dayName', string>

/** The special days that these texts mean, or what is wrong with them. */
function readEntry({ from, to, hours: open, dayName }: Adding): SpecialEntry | { wrong: EntryProblem } {
  const [first, last] = [typedDay.safeParse(from), typedDay.safeParse(to.trim() === '' ? from : to)]
  if (!first.success) return { wrong: 'from' }
  if (!last.success) return { wrong: 'to' }
  if (last.data < first.data) return { wrong: 'backwards' }
  if (countDays(first.data, last.data) > mostSpecialDays) return { wrong: 'too-long' }
  const name = specialDayName.safeParse(dayName.trim())
  if (!name.success) return { wrong: 'name' }
  const spans = spansIn(open)
  if ('problem' in spans) return { wrong: 'hours' }
  if (spans.spans.length > 1) return { wrong: 'one-span' }
  return { from: first.data, to: last.data, name: name.data, span: spans.spans[0] ?? null }
}

type EntryProblem = 'from' | 'to' | 'backwards' | 'too-long' | 'name' | 'hours' | 'one-span' | 'twice'

/** What is typed to be added, beside those that are there; undefined: nothing is. */
export function addedEntry(
  given: Adding,
  others: readonly SpecialEntry[],
  language: Language,
): SpecialEntry | Problem | undefined {
  if (given.from.trim() === '' && given.to.trim() === '' && given.hours.trim() === '' && given.dayName.trim() === '')
    return undefined
  const read = readEntry(given)
  if ('wrong' in read) return problemAt(entryFields[read.wrong], entryProblems[read.wrong][language])
  const clash = others.some(({ from, to }) => from <= read.to && read.from <= to)
  return clash ? problemAt('from', entryProblems.twice[language]) : read
}

const entryFields: Record<EntryProblem, keyof Adding> = {
  from: 'from',
  to: 'to',
  backwards: 'to',
  'too-long': 'to',
  name: 'dayName',
  hours: 'hours',
  'one-span': 'hours',
  twice: 'from',
}

const entryProblems: Record<EntryProblem, Phrase> = {
  from: {
    ja: '特定日の開始日は2026-12-29の形式で入力してください。',
    en: 'The first of the special days is written like 2026-12-29.',
  },
  to: {
    ja: '特定日の終了日は2027-01-03の形式で入力してください。',
    en: 'The last of the special days is written like 2027-01-03.',
  },
  backwards: {
    ja: '特定日の終了日が開始日より前です。開始日以後の日を入力してください。',
    en: 'The last of the special days comes before the first. Enter a later one.',
  },
  'too-long': {
    ja: `特定日は${mostSpecialDays}日までです。期間を短くしてください。`,
    en: `There can be ${mostSpecialDays} special days. Make it shorter.`,
  },
  name: { ja: '特定日の名前は40文字以内で入力してください。', en: 'The name can have at most 40 characters.' },
  hours: {
    ja: '特定日に営業する時間は10:00-15:00の形式で入力してください。休みにするときは空にします。',
    en: 'The hours of special days are written like 10:00-15:00. Leave them empty to be closed.',
  },
  'one-span': {
    ja: '特定日の時間は1つだけ入力してください。',
    en: 'Special days have one span of hours. Enter one.',
  },
  twice: {
    ja: 'この期間には、ほかの特定日が含まれています。日を変えるか、先にほかの特定日を外してください。',
    en: 'One of these days is a special day already. Choose other days, or take that one out.',
  },
}
