import { calendarList } from '#features/calendars/list.ts'
import { entriesOf } from '#features/calendars/entries.ts'
import { overrideNow } from '#features/calendars/override.ts'
import type { Contract } from '#features/contracts/find.ts'
import type { Line } from '#features/lines/open.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import type { ShownList } from '#platform/web/list-request.ts'
import { linkWords } from '../links.ts'
import type { KindOf } from '../parts/list-kind.ts'
import { LineHeading } from '../parts/line-heading.tsx'
import { NumberList } from '../parts/number-list.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { calendarWords } from './calendar-fields.ts'
import { entrySaid, weekSaid } from './hours-words.ts'
import { overrideSaid } from './override-words.ts'

const words = {
  title: linkWords.calendars,
  caption: { ja: '営業時間の一覧', en: 'Business hours' },
  noMatch: { ja: '条件に合う営業時間がありません', en: 'No business hours match' },
  none: { ja: '営業時間はまだありません', en: 'There are no business hours yet' },
  noneText: {
    ja: '営業時間を追加すると、外線番号ごとに、時間外の着信先を変えられます。',
    en: 'With business hours, a number leads elsewhere while you are closed.',
  },
  add: { ja: '営業時間を追加する', en: 'Add business hours' },
  name: calendarWords.name,
  now: { ja: '現在', en: 'Now' },
  open: { ja: '営業中', en: 'Open' },
  closed: { ja: '営業時間外', en: 'Closed' },
  week: { ja: '曜日・時間', en: 'Week' },
  holidays: { ja: '祝日', en: 'National holidays' },
  rests: { ja: '休み', en: 'Closed' },
  works: { ja: '曜日どおり', en: 'As the weekday' },
  days: calendarWords.entries,
  daysCount: { ja: (count: number) => `${count}日`, en: (count: number) => String(count) },
  override: { ja: '臨時', en: 'Exception' },
  numbers: { ja: '使っている外線番号', en: 'Outside numbers' },
}

interface Data {
  list: ShownList<KindOf<typeof calendarList>>
  contract: Contract
  line: Line
  now: Date
  changed: string | undefined
}

/** 営業時間・祝日 */
export const calendarsPage = settings.list({
  path: paths.calendars,
  allow: 'line',
  words,
  from: calendarList,
  load: async ({ contract, line, now }, { query }, read): Promise<Data> => ({
    list: await read(undefined),
    contract,
    line,
    now,
    changed: query['changed'],
  }),
  within: ({ contract }) => contract.service.code,
  heading: ({ data: { contract, changed }, words: text, reader: { language } }) => (
    <LineHeading
      language={language}
      contract={contract}
      heading={text.title}
      changed={changed}
      actions={
        contract.mayEdit && (
          <ButtonLink icon="plus" href={paths.addCalendar({ contract: contract.id })}>
            {text.add}
          </ButtonLink>
        )
      }
    />
  ),
  empty: ({ words: text }) => (
    <EmptyState icon="calendar" heading={text.none}>
      {text.noneText}
    </EmptyState>
  ),
  columns: {
    name: {
      header: true,
      long: true,
      cell: ({ calendar: { id, name } }, { data }) => (
        <a href={paths.calendar({ contract: data.contract.id, id })}>{name}</a>
      ),
      csv: ({ calendar }) => calendar.name,
    },
    now: {
      phone: 'beside',
      cell: ({ isOpen, calendar }, { data: { line, now }, words: text, language }) => (
        <>
          {isOpen ? <PlainState>{text.open}</PlainState> : <Badge kind="plain">{text.closed}</Badge>}
          {overrideNow(calendar, now) && (
            <span class="small-text">
              {' '}
              {overrideSaid(overrideNow(calendar, now), { language, now, zone: line.timeZone })}
            </span>
          )}
        </>
      ),
    },
    week: {
      long: true,
      phone: 'below',
      cell: ({ calendar }, { language }) => weekSaid(calendar.week, language),
      csv: ({ calendar }, language) => weekSaid(calendar.week, language),
    },
    holidays: {
      phone: 'labelled',
      cell: ({ calendar }, { words: text }) => (calendar.closesOnNationalHolidays ? text.rests : text.works),
      csv: ({ calendar }, language) => words[calendar.closesOnNationalHolidays ? 'rests' : 'works'][language],
    },
    days: {
      phone: 'labelled',
      cell: ({ calendar }, { words: text }) => (calendar.days.length > 0 ? text.daysCount(calendar.days.length) : '-'),
      csv: ({ calendar }, language) =>
        entriesOf(calendar.days)
          .map((entry) => entrySaid(entry, { language, now: new Date(0) }))
          .join(language === 'ja' ? '、' : ', '),
    },
    numbers: {
      phone: 'labelled',
      cell: ({ calendar }) => <NumberList numbers={calendar.numbers.map(({ number }) => number)} />,
      csv: ({ calendar }) => calendar.numbers.map(({ number }) => number).join(' '),
    },
  },
  csv: paths.calendarsCsv.pattern,
  whose: ({ contract }) => contract.number,
})
