import { z } from 'zod'
import { type Calendar, findCalendar } from '#features/calendars/calendar.ts'
import { endOfToday, overrideCalendar, overrideNow, type OverrideProblem } from '#features/calendars/override.ts'
import { longestOverride } from '#features/calendars/values.ts'
import type { Contract } from '#features/contracts/find.ts'
import type { Line } from '#features/lines/open.ts'
import { rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { rowVersion } from '#platform/form.ts'
import { momentAt, wallClockOf } from '#platform/time/wall-clock.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { RadioField, TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { linkWords } from '../links.ts'
import { lastChangeOf } from '../parts/last-change.ts'
import { LineHeading, withChanged } from '../parts/line-heading.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { overrideSaid } from './override-words.ts'

const words = {
  title: { ja: '本日だけの臨時休業・営業', en: 'Closed or open for today' },
  calendar: { ja: (name: string) => `営業時間「${name}」`, en: (name: string) => `Business hours “${name}”` },
  what: { ja: '臨時の設定', en: 'Exception' },
  close: { ja: '臨時休業にする', en: 'Close' },
  closeHint: { ja: '時間外の着信先へつながります。', en: 'Calls go where they go when you are closed.' },
  open: { ja: '臨時に営業する', en: 'Open' },
  openHint: { ja: '営業時間の着信先へつながります。', en: 'Calls go where they go when you are open.' },
  none: { ja: '臨時の設定をしない', en: 'No exception' },
  noneHint: { ja: 'いつもの営業時間に戻ります。', en: 'The usual hours count.' },
  until: { ja: 'いつまで', en: 'Until' },
  untilHint: {
    ja: (zone: string) =>
      `この日時になると、自動で元の営業時間に戻ります（${zone} の時刻、${longestOverride}日先まで）。`,
    en: (zone: string) =>
      `Then the usual hours count again by themselves (time of ${zone}, at most ${longestOverride} days ahead).`,
  },
  numbers: {
    ja: (count: number) => `外線番号${count}件の着信が、すぐに変わります。`,
    en: (count: number) =>
      count === 1 ? 'Calls to one outside number change at once.' : `Calls to ${count} outside numbers change at once.`,
  },
  version: { ja: '版', en: 'Version' },
  apply: rightLabels.apply,
  cancel: userLabels.cancel,
  unreadable: { ja: 'いつまでかを、日付と時刻で入力してください。', en: 'Enter a date and a time.' },
}

const problems: Record<OverrideProblem, { ja: string; en: string }> = {
  past: { ja: 'いつまでかは、これからの日時を入力してください。', en: 'Enter a time that is still to come.' },
  'too-long': {
    ja: `いつまでかは、${longestOverride}日以内の日時を入力してください。長い休みは特定日に登録します。`,
    en: `Enter a time within ${longestOverride} days. Longer closures are special days.`,
  },
  'changed-meanwhile': {
    ja: '別の方が同じ営業時間を変更しています。現在の内容を確認してから、もう一度「適用する」を押してください。',
    en: 'Somebody else has changed the same hours. Look at what they are now, then press “Apply” again.',
  },
}

interface Data {
  contract: Contract
  line: Line
  calendar: Calendar
  now: Date
  endOfToday: Date
}

/** 本日だけ臨時休業／営業する: until a time, after which the usual hours count again. */
export const overrideCalendarPage = settings.page({
  path: paths.overrideCalendar,
  allow: 'line',
  words,
  async load(ctx, { params }): Promise<Data | typeof notFound> {
    const calendar = await findCalendar(ctx, params.id)
    if (!calendar) return notFound
    const { contract, line, now } = ctx
    return { contract, line, calendar, now, endOfToday: endOfToday(calendar, ctx) }
  },
  within: ({ contract }) => contract.service.code,
  form: {
    what: { label: words.what, value: z.enum(['close', 'open', 'none']) },
    until: { label: words.until, value: z.string().max(40).default('') },
    version: { label: words.version, value: rowVersion, carried: true },
  },
  initial({ calendar, line, now, endOfToday: end }) {
    const override = overrideNow(calendar, now)
    return {
      what: override?.isOpen ? 'open' : 'close',
      until: wallClockOf(override?.until ?? end, line.timeZone),
      version: String(calendar.version),
    }
  },
  changedBy: (ctx, { calendar }) => lastChangeOf(ctx, calendar.id),
  said: {
    what: (value, { language }) =>
      value === 'close' || value === 'open' || value === 'none' ? words[value][language] : value,
  },
  async submit(ctx, { data, input, words: text }) {
    const { calendar, contract, line } = data
    const until = momentAt(input.until, line.timeZone)
    if (input.what !== 'none' && !until) return problemAt('until', text.unreadable)
    const override = input.what === 'none' || !until ? null : { isOpen: input.what === 'open', until }
    const set = await overrideCalendar(ctx, calendar, { override, version: input.version })
    const path = paths.calendar({ contract: contract.id, id: calendar.id })
    if (set.ok) return redirect(withChanged(path, set.value))
    if (set.problem === 'may-not-edit') throw new Error('Whoever may not edit sends no form')
    return problemAt(
      set.problem === 'changed-meanwhile' ? undefined : 'until',
      problems[set.problem][ctx.language],
      set,
    )
  },
  title: ({ words: text }) => text.title,
  view({ data, form, words: text, reader }) {
    const { contract, line, calendar } = data
    const { language, now } = reader
    const own = paths.calendar({ contract: contract.id, id: calendar.id })
    const override = overrideNow(calendar, now)
    const choices = (['close', 'open', 'none'] as const).map((value) => ({
      value,
      label: text[value],
      hint: text[`${value}Hint`],
    }))
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <LineHeading
          language={language}
          contract={contract}
          heading={text.title}
          trail={[
            { label: linkWords.calendars[language], href: paths.calendars({ contract: contract.id }) },
            { label: text.calendar(calendar.name), href: own },
          ]}
        />
        {override && <Notice kind="warning">{overrideSaid(override, { language, now, zone: line.timeZone })}</Notice>}
        {contract.mayEdit && (
          <Form form={form} layout="page" guard>
            <input type="hidden" name="version" value={String(form.values['version'])} />
            <RadioField
              form={form}
              language={language}
              name="what"
              label={text.what}
              mark="required"
              options={choices}
              stacked
            />
            <TextField
              form={form}
              language={language}
              name="until"
              label={text.until}
              type="datetime-local"
              width="medium"
              hint={text.untilHint(line.timeZone)}
            />
            <CommitBar effect={text.numbers(calendar.numbers.length)}>
              <ButtonLink kind="secondary" href={own}>
                {text.cancel}
              </ButtonLink>
              <Button>{text.apply}</Button>
            </CommitBar>
          </Form>
        )}
      </>
    )
  },
})
