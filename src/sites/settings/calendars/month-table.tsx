import type { JSX } from 'preact'
import { type DayHours, weekdayOf } from '#features/calendars/hours.ts'
import { classNames } from '#platform/ui/theme/class-names.ts'
import type { Reader } from '#platform/web/page.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { daySaid, spansSaid, weekdayWords } from './hours-words.ts'

const words = {
  today: { ja: '今日', en: 'Today' },
  none: { ja: '期間外', en: 'Not in this period' },
} satisfies Record<string, Phrase>

interface MonthTableProps {
  /** In a row. */
  days: readonly DayHours[]
  reader: Reader
  today: string
  caption: string
}

/** Days in their weeks, each with what is so on it in words. The roles are written out because browsers forget them where CSS turns cells into blocks. */
export function MonthTable({ days, reader, today, caption }: MonthTableProps): JSX.Element {
  const { language } = reader
  return (
    <table class="month" role="table">
      <caption class="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {weekdayWords.map((word) => (
            <th scope="col" role="columnheader" key={word.en}>
              {short(word, language)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {weeksOf(days).map((week, at) => (
          <tr role="row" key={at}>
            {week.map((day, weekday) =>
              day ? (
                <DayCell key={day.day} day={day} reader={reader} isToday={day.day === today} />
              ) : (
                <td class="month-none" role="cell" key={weekday}>
                  <span class="visually-hidden">{words.none[language]}</span>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function DayCell({ day: { day, spans, name }, reader, isToday }: { day: DayHours; reader: Reader; isToday: boolean }) {
  const { language } = reader
  return (
    <td role="cell" class={classNames(spans.length === 0 && 'month-closed', isToday && 'month-today') || undefined}>
      <time class="month-day" dateTime={day}>
        <span class="month-weekday">{daySaid(day, reader)}</span>
        <span class="month-number">{dayNumber(day)}</span>
        {isToday && ` ${words.today[language]}`}
      </time>
      {name && <span class="small-text">{name[language]} </span>}
      <span>{spansSaid(spans, language)}</span>
    </td>
  )
}

/** The first of a month is told with it. */
function dayNumber(day: string): string {
  const [, month = '', date = ''] = day.split('-').map(Number)
  return date === 1 ? `${month}/${date}` : String(date)
}

function short(word: Phrase, language: Language): string {
  return word[language].slice(0, language === 'ja' ? 1 : 3)
}

/** From Monday to Sunday; days that are not among them are undefined. */
function weeksOf(days: readonly DayHours[]): (DayHours | undefined)[][] {
  const before = Array.from({ length: weekdayOf(days[0]?.day ?? '1970-01-05') - 1 }, () => undefined)
  const all = [...before, ...days]
  return Array.from({ length: Math.ceil(all.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (__, day) => all[week * 7 + day]),
  )
}
