import type { CalendarPlan, WeeklySpan } from '#features/calendars/calendar.ts'
import type { SpecialEntry } from '#features/calendars/entries.ts'
import { type DayHours, hoursOn } from '#features/calendars/hours.ts'
import { clockText, type Span } from '#features/calendars/spans.ts'
import { formatTime } from '#platform/time/format.ts'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'

/** From Monday on. */
export const weekdayWords: readonly Phrase[] = [
  { ja: '月曜日', en: 'Monday' },
  { ja: '火曜日', en: 'Tuesday' },
  { ja: '水曜日', en: 'Wednesday' },
  { ja: '木曜日', en: 'Thursday' },
  { ja: '金曜日', en: 'Friday' },
  { ja: '土曜日', en: 'Saturday' },
  { ja: '日曜日', en: 'Sunday' },
]

const words = {
  closed: { ja: '休み', en: 'Closed' },
  between: { ja: '、', en: ', ' },
  to: { ja: '〜', en: '–' },
  next: { ja: (clock: string) => `翌${clock}`, en: (clock: string) => `${clock} (next day)` },
  named: {
    ja: (what: string, name: string) => `${what}（${name}）`,
    en: (what: string, name: string) => `${what} (${name})`,
  },
  never: { ja: '営業する曜日はありません', en: 'No day of the week is open' },
}

/** A day, the same in every zone: 「12月29日（火）」. */
export function daySaid(day: string, { language, now }: { language: Language; now: Date }): string {
  return formatTime(new Date(`${day}T00:00:00Z`), 'date', { zone: 'UTC', language, now })
}

/** 「9:00〜12:00、13:00〜18:00」, 「22:00〜翌6:00」, 「休み」 */
export function spansSaid(spans: readonly Span[], language: Language): string {
  const text = inLanguage(words, language)
  if (spans.length === 0) return text.closed
  const clock = (minutes: number): string =>
    minutes > 24 * 60 ? text.next(clockText(minutes - 24 * 60)) : clockText(minutes)
  return spans.map(({ opens, closes }) => `${clockText(opens)}${text.to}${clock(closes)}`).join(text.between)
}

/** 「月〜金 9:00〜18:00、土 10:00〜15:00」: weekdays in a row that are alike together, and closed ones left out. */
export function weekSaid(week: readonly WeeklySpan[], language: Language): string {
  const text = inLanguage(words, language)
  const runs: { first: number; last: number; said: string }[] = []
  for (const [at] of weekdayWords.entries()) {
    const spans = week.filter(({ weekday }) => weekday === at + 1)
    const said = spansSaid(spans, language)
    const run = runs.at(-1)
    if (run?.said === said && run.last === at - 1) run.last = at
    else if (spans.length > 0) runs.push({ first: at, last: at, said })
  }
  if (runs.length === 0) return text.never
  const short = (at: number): string => weekdayWords[at]?.[language].slice(0, language === 'ja' ? 1 : 3) ?? ''
  return runs
    .map(
      ({ first, last, said }) => `${first === last ? short(first) : `${short(first)}${text.to}${short(last)}`} ${said}`,
    )
    .join(text.between)
}

/** What is so on a day, and why: 「休み（年末年始）」. */
function dayStateSaid({ spans, name }: Pick<DayHours, 'spans' | 'name'>, language: Language): string {
  const said = spansSaid(spans, language)
  return name ? words.named[language](said, name[language]) : said
}

/** Of special days in a row: 「12月29日（火）〜2027年1月3日（日） 休み（年末年始）」 */
export function entrySaid(entry: SpecialEntry, reader: { language: Language; now: Date }): string {
  const { from, to, name, span } = entry
  const said = dayStateSaid(
    { spans: span ? [span] : [], name: name ? { ja: name, en: name } : undefined },
    reader.language,
  )
  return `${rangeSaid(from, to, reader)} ${said}`
}

export function rangeSaid(from: string, to: string, reader: { language: Language; now: Date }): string {
  return from === to
    ? daySaid(from, reader)
    : `${daySaid(from, reader)}${words.to[reader.language]}${daySaid(to, reader)}`
}

const summaryWords = {
  counted: {
    ja: (range: string, open: number, closed: number) =>
      `${range}の${open + closed}日間のうち、営業するのは${open}日、休むのは${closed}日です。`,
    en: (range: string, open: number, closed: number) =>
      `Of the ${open + closed} days ${range}, ${open} are open and ${closed} closed.`,
  },
  usual: { ja: 'いつもの曜日と違う日はありません。', en: ' Every day is as usual on its weekday.' },
  unusual: {
    ja: (days: string) => `いつもの曜日と違うのは、${days}です。`,
    en: (days: string) => ` Unlike other weeks: ${days}.`,
  },
}

/** What business hours say of days in a row, as a sentence. */
export function daysSaid(
  plan: CalendarPlan,
  days: readonly DayHours[],
  reader: { language: Language; now: Date },
): string {
  const text = inLanguage(summaryWords, reader.language)
  const open = days.filter(({ spans }) => spans.length > 0).length
  const range = rangeSaid(days[0]?.day ?? '', days.at(-1)?.day ?? '', reader)
  const counted = text.counted(range, open, days.length - open)
  const usually = { ...plan, days: [] }
  const runs: { from: string; to: string; said: string }[] = []
  for (const [at, day] of days.entries()) {
    const usual = hoursOn(usually, new Map(), day.day)
    if (JSON.stringify(usual.spans) === JSON.stringify(day.spans)) continue
    const said = dayStateSaid(day, reader.language)
    const run = runs.at(-1)
    if (run?.said === said && run.to === days[at - 1]?.day) run.to = day.day
    else runs.push({ from: day.day, to: day.day, said })
  }
  if (runs.length === 0) return counted + text.usual
  const each = runs.map(({ from, to, said }) => `${rangeSaid(from, to, reader)} ${said}`)
  return counted + text.unusual(each.join(words.between[reader.language]))
}
