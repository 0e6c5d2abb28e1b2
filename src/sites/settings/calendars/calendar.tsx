import { type Calendar, findCalendar } from '#features/calendars/calendar.ts'
import { entriesOf } from '#features/calendars/entries.ts'
import { overrideNow } from '#features/calendars/override.ts'
import { saveCalendar } from '#features/calendars/save.ts'
import type { Contract } from '#features/contracts/find.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import type { Line } from '#features/lines/open.ts'
import { findReservationsOf, type Reservation } from '#features/reservations/reservation.ts'
import { rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary } from '#platform/ui/form/form.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { notFound, redirect, type View } from '#platform/web/page.ts'
import { linkWords } from '../links.ts'
import { DueField, dueFields, reserving } from '../parts/due.tsx'
import { lastChangeOf } from '../parts/last-change.ts'
import { LineHeading, withChanged } from '../parts/line-heading.tsx'
import { Reserved } from '../parts/reserved.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { calendarFields, calendarProblem, calendarValues, calendarWords, planIn } from './calendar-fields.ts'
import { CalendarFormFields } from './calendar-form.tsx'
import { beginForm, type CalendarForm, nextDays, previewCalendar } from './calendar-preview.ts'
import { daysSaid, entrySaid, weekSaid } from './hours-words.ts'
import { overrideSaid } from './override-words.ts'
import { entryIn } from './special-day-fields.ts'

const words = {
  title: { ja: (name: string) => `営業時間「${name}」`, en: (name: string) => `Business hours “${name}”` },
  copy: { ja: 'ほかのご契約にも適用する', en: 'Apply to other contracts' },
  delete: { ja: 'この営業時間を削除する', en: 'Delete these hours' },
  today: { ja: '本日だけ臨時休業・営業にする', en: 'Close or open for today' },
  changeToday: { ja: '臨時の設定を変更する', en: 'Change the exception' },
  apply: rightLabels.apply,
  cancel: userLabels.cancel,
  version: { ja: '版', en: 'Version' },
  week: { ja: '曜日・時間', en: 'Week' },
  rests: { ja: '休み', en: 'Closed' },
  works: { ja: '曜日どおり', en: 'As the weekday' },
  holidays: { ja: '祝日', en: 'National holidays' },
  next: { ja: 'これから30日間', en: 'The next 30 days' },
  month: { ja: '月ごとに見る・印刷する', en: 'See and print a month' },
  uses: { ja: 'この営業時間を使っている外線番号', en: 'Outside numbers with these hours' },
  unused: {
    ja: 'まだ使われていません。外線番号のページで営業時間に指定します。',
    en: 'Nothing uses them yet. Choose them on the page of an outside number.',
  },
  effect: { ja: 'すぐに反映され、次の着信から変わります。', en: 'Counts at once, from the next call on.' },
  yes: { ja: 'する', en: 'Yes' },
}

interface Data extends CalendarForm {
  contract: Contract
  line: Line
  calendar: Calendar
  reservations: Reservation[]
  changed: string | undefined
}

/** One calendar: its week, holidays and special days, what that comes to, and where it is used. */
export const calendarPage = settings.page({
  path: paths.calendar,
  allow: 'line',
  words,
  async load(ctx, { params, query }): Promise<Data | typeof notFound> {
    const [calendar, beside, reservations] = await Promise.all([
      findCalendar(ctx, params.id),
      beginForm(ctx),
      findReservationsOf(ctx, params.id),
    ])
    if (!calendar) return notFound
    const { contract, line } = ctx
    return { contract, line, calendar, reservations, ...beside, changed: query['changed'] }
  },
  within: ({ contract }) => contract.service.code,
  form: { ...calendarFields, ...dueFields, version: { label: words.version, value: rowVersion, carried: true } },
  initial: ({ calendar }) => ({ ...calendarValues(calendar), version: String(calendar.version) }),
  changedBy: (ctx, { calendar }) => lastChangeOf(ctx, calendar.id),
  said: {
    holidays: (_value, { language }) => words.yes[language],
    entry: (value, { language, data: { today } }) => {
      const entry = entryIn(value)
      return entry ? entrySaid(entry, { language, now: new Date(today) }) : value
    },
  },
  preview: previewCalendar,
  async submit(ctx, { data, input }) {
    const { calendar, contract } = data
    const when = await reserving(ctx, input)
    if ('problems' in when) return when
    const plan = planIn(input, ctx.language)
    if ('problems' in plan) return plan
    const saved = await saveCalendar(when, calendar, { plan, version: input.version })
    const path = paths.calendar({ contract: contract.id, id: calendar.id })
    if (saved.ok) return redirect(withChanged(path, saved.value))
    if (saved.problem === 'may-not-edit') throw new Error('Whoever may not edit sends no form')
    return calendarProblem(saved.problem, ctx.language)
  },
  title: ({ data: { calendar }, words: text }) => text.title(calendar.name),
  view(view) {
    const { data, form, words: text, reader } = view
    const { contract, calendar, changed } = data
    const { language } = reader
    const of = { contract: contract.id, id: calendar.id }
    const list = paths.calendars({ contract: contract.id })
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <LineHeading
          language={language}
          contract={contract}
          heading={text.title(calendar.name)}
          trail={[{ label: linkWords.calendars[language], href: list }]}
          changed={changed}
          actions={
            contract.mayEdit && (
              <>
                <a href={paths.copyCalendar(of)}>{text.copy}</a> <a href={paths.deleteCalendar(of)}>{text.delete}</a>
              </>
            )
          }
        />
        <Reserved contract={contract.id} line={data.line} reservations={data.reservations} reader={reader} />
        <Today {...view} />
        <NextDays {...view} />
        {!contract.mayEdit && <Current {...view} />}
        {contract.mayEdit && (
          <CalendarFormFields form={form} reader={reader} beside={data}>
            <input type="hidden" name="version" value={String(form.values['version'])} />
            <CommitBar effect={text.effect}>
              <DueField form={form} language={language} line={data.line} />
              <ButtonLink kind="secondary" href={list}>
                {text.cancel}
              </ButtonLink>
              <Button>{text.apply}</Button>
            </CommitBar>
          </CalendarFormFields>
        )}
        <Uses {...view} />
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Today({ data: { contract, calendar, line }, words: text, reader: { language, now } }: Shown) {
  const override = overrideNow(calendar, now)
  const path = paths.overrideCalendar({ contract: contract.id, id: calendar.id })
  if (!override)
    return contract.mayEdit ? (
      <p>
        <ButtonLink kind="secondary" icon="clock" href={path}>
          {text.today}
        </ButtonLink>
      </p>
    ) : null
  return (
    <Notice kind="warning" action={contract.mayEdit && <a href={path}>{text.changeToday}</a>}>
      {overrideSaid(override, { language, now, zone: line.timeZone })}
    </Notice>
  )
}

function NextDays({ data, words: text, reader }: Shown) {
  const { contract, calendar } = data
  return (
    <Section
      heading={text.next}
      action={<a href={paths.calendarMonth({ contract: contract.id, id: calendar.id })}>{text.month}</a>}
    >
      <p>{daysSaid(calendar, nextDays(calendar, data), reader)}</p>
    </Section>
  )
}

/** The hours as they are, for whoever only looks. */
function Current({ data: { calendar }, words: text, reader }: Shown) {
  const { language } = reader
  return (
    <Facts
      facts={[
        { term: text.week, value: weekSaid(calendar.week, language) },
        { term: text.holidays, value: calendar.closesOnNationalHolidays ? text.rests : text.works },
        {
          term: calendarWords.entries[language],
          value:
            calendar.days.length === 0 ? (
              '-'
            ) : (
              <ul>
                {entriesOf(calendar.days).map((entry) => (
                  <li key={entry.from}>{entrySaid(entry, reader)}</li>
                ))}
              </ul>
            ),
        },
      ]}
    />
  )
}

function Uses({ data: { contract, calendar }, words: text }: Shown) {
  return (
    <Section heading={text.uses}>
      {calendar.numbers.length === 0 ? (
        <p>{text.unused}</p>
      ) : (
        <ul>
          {calendar.numbers.map(({ id, number, memo }) => (
            <li key={id}>
              <a href={paths.number({ contract: contract.id, id })}>{hyphened(number)}</a> {memo}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
