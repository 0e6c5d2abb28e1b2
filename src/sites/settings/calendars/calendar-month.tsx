import { type Calendar, findCalendar, findHolidays } from '#features/calendars/calendar.ts'
import { dayAfter, type DayHours, daysFrom, hoursOn } from '#features/calendars/hours.ts'
import { overrideNow } from '#features/calendars/override.ts'
import type { Contract } from '#features/contracts/find.ts'
import type { Line } from '#features/lines/open.ts'
import { wallClockOf } from '#platform/time/wall-clock.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import { notFound } from '#platform/web/page.ts'
import { linkWords } from '../links.ts'
import { LineHeading } from '../parts/line-heading.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { daysSaid } from './hours-words.ts'
import { MonthTable } from './month-table.tsx'
import { overrideSaid } from './override-words.ts'

const words = {
  title: {
    ja: (year: number, month: number, name: string) => `${year}年${month}月の営業（${name}）`,
    en: (year: number, month: number, name: string) =>
      `${new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(year, month - 1))} ${year}: ${name}`,
  },
  calendar: { ja: (name: string) => `営業時間「${name}」`, en: (name: string) => `Business hours “${name}”` },
  before: { ja: '前の月', en: 'Month before' },
  after: { ja: '次の月', en: 'Next month' },
  print: {
    ja: 'ブラウザの印刷機能（Ctrl+PまたはCmd+P）で印刷できます。',
    en: 'Print with your browser (Ctrl+P or Cmd+P).',
  },
}

interface Data {
  contract: Contract
  line: Line
  calendar: Calendar
  /** The first of the month. */
  first: string
  days: DayHours[]
  today: string
}

/** National holidays are known to the end of 2050, and kept from last year on. */
const last = '2050-12'

/** What is open in a month, in words: `?month=2026-12`. */
export const calendarMonthPage = settings.page({
  path: paths.calendarMonth,
  allow: 'line',
  words,
  async load(ctx, { params, query }): Promise<Data | typeof notFound> {
    const today = wallClockOf(ctx.now, ctx.line.timeZone).slice(0, 10)
    const first = `${monthIn(query['month'], today)}-01`
    const to = dayAfter(monthBeside(first, 1), -1)
    const [calendar, holidays] = await Promise.all([
      findCalendar(ctx, params.id),
      findHolidays(ctx, { from: first, to }),
    ])
    if (!calendar) return notFound
    const days = daysFrom(first, to).map((day) => hoursOn(calendar, holidays, day))
    return { contract: ctx.contract, line: ctx.line, calendar, first, days, today }
  },
  within: ({ contract }) => contract.service.code,
  title: ({ data: { first, calendar }, words: text }) => {
    const [year = 0, month = 0] = first.split('-').map(Number)
    return text.title(year, month, calendar.name)
  },
  view({ data, words: text, reader }) {
    const { contract, line, calendar, first, days, today } = data
    const { language, now } = reader
    const [year = 0, month = 0] = first.split('-').map(Number)
    const of = { contract: contract.id, id: calendar.id }
    const heading = text.title(year, month, calendar.name)
    const override = overrideNow(calendar, now)
    const monthAt = (by: number): string => monthBeside(first, by).slice(0, 7)
    const address = (by: number): string => `${paths.calendarMonth(of)}?month=${monthAt(by)}`
    return (
      <>
        <LineHeading
          language={language}
          contract={{ ...contract, mayEdit: true }}
          heading={heading}
          trail={[
            { label: linkWords.calendars[language], href: paths.calendars({ contract: contract.id }) },
            { label: text.calendar(calendar.name), href: paths.calendar(of) },
          ]}
        />
        {override && <Notice kind="warning">{overrideSaid(override, { language, now, zone: line.timeZone })}</Notice>}
        <p>{daysSaid(calendar, days, reader)}</p>
        <MonthTable days={days} reader={reader} today={today} caption={heading} />
        <p class="no-print">
          {monthAt(-1) >= firstMonth(today) && (
            <>
              <a href={address(-1)}>{text.before}</a>{' '}
            </>
          )}
          {monthAt(1) <= last && <a href={address(1)}>{text.after}</a>} <span class="small-text">{text.print}</span>
        </p>
      </>
    )
  },
})

function firstMonth(today: string): string {
  return `${Number(today.slice(0, 4)) - 1}-01`
}

/** The month that is asked for, if it can be shown. */
function monthIn(asked: string | undefined, today: string): string {
  const isMonth = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked ?? '')
  return asked !== undefined && isMonth && asked >= firstMonth(today) && asked <= last ? asked : today.slice(0, 7)
}

/** The first of the month so many months later. */
function monthBeside(first: string, by: number): string {
  const [year = 0, month = 0] = first.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + by, 1)).toISOString().slice(0, 10)
}
