import type { ComponentChildren, JSX } from 'preact'
import type { FormView } from '#platform/form.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { CheckField, TextField } from '#platform/ui/form/field.tsx'
import { FieldSet, Form } from '#platform/ui/form/form.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { calendarWords, weekdayFields } from './calendar-fields.ts'
import type { CalendarForm } from './calendar-preview.ts'
import { daySaid, daysSaid, weekdayWords } from './hours-words.ts'
import { MonthTable } from './month-table.tsx'
import { SpecialDays } from './special-days.tsx'

const words = {
  ...calendarWords,
  week: { ja: '曜日ごとの営業時間', en: 'Hours of the week' },
  weekHint: {
    ja: '「9:00-12:00 13:00-18:00」のように、1日にいくつでも入力できます。日付をまたぐときは「22:00-翌6:00」と入力すると、始まった日の営業になります。空にすると休みです。',
    en: 'Several spans a day are written like 9:00-12:00 13:00-18:00. A night such as 22:00-30:00 belongs to the day on which it begins. Empty: closed.',
  },
  copy: { ja: '月曜日の時間を火〜金曜日にも入れる', en: 'Use Monday’s hours from Tuesday to Friday' },
  holidaysNext: {
    ja: (days: string) => `次の祝日：${days}。2050年までの祝日が登録されています。`,
    en: (days: string) => `Next: ${days}. They are known to 2050.`,
  },
  between: { ja: '、', en: ', ' },
  seen: { ja: '予定を確認する', en: 'See the coming days' },
  seenHint: {
    ja: '適用する前に、入力した内容でこれから30日間の営業日と休みを確認できます。',
    en: 'See which of the next 30 days are open with what you entered, before you apply.',
  },
  see: { ja: 'これから30日間を確認する', en: 'See the next 30 days' },
  refused: { ja: '入力した内容をご確認ください', en: 'Check what you entered' },
}

export interface CalendarFormProps {
  form: FormView
  reader: Reader
  beside: CalendarForm
  /** What else the form carries, and the bar at its foot. */
  children: ComponentChildren
}

/** The form of business hours: the week, holidays, special days, and what that comes to. */
export function CalendarFormFields({ form, reader, beside, children }: CalendarFormProps): JSX.Element {
  const { language } = reader
  const text = inLanguage(words, language)
  const field = { form, language }
  return (
    <Form form={form} guard>
      {/* A form is sent by its first button when Enter is pressed in a field. */}
      <button class="visually-hidden" type="submit" tabIndex={-1} aria-hidden="true" />
      {beside.refused !== undefined && (
        <Notice kind="warning" heading={text.refused} live>
          {beside.refused}
        </Notice>
      )}
      <TextField {...field} name="name" label={text.name} mark="required" width="medium" />
      <FieldSet legend={text.week}>
        <p class="small-text">{text.weekHint}</p>
        <div class="field-line">
          {weekdayFields.map((name, at) => (
            <TextField {...field} key={name} name={name} label={weekdayWords[at]?.[language] ?? ''} />
          ))}
        </div>
        <div>
          <Button kind="secondary" small name="do" value="copy">
            {text.copy}
          </Button>
        </div>
        <CheckField {...field} name="holidays" label={text.holidays} hint={nextHolidays(beside, reader)} />
      </FieldSet>
      <SpecialDays form={form} reader={reader} today={beside.today} />
      <FieldSet legend={text.seen}>
        <p class="small-text">{text.seenHint}</p>
        <div>
          <Button kind="secondary" icon="calendar" name="do" value="preview">
            {text.see}
          </Button>
        </div>
        {beside.tried && (
          <Panel label={text.seen}>
            <p role="status">{daysSaid(beside.tried.plan, beside.tried.days, reader)}</p>
            <MonthTable days={beside.tried.days} reader={reader} today={beside.today} caption={text.seen} />
          </Panel>
        )}
      </FieldSet>
      {children}
    </Form>
  )
}

/** None are known where the program has not written them yet. */
function nextHolidays({ holidays }: CalendarForm, reader: Reader): string | undefined {
  const text = inLanguage(words, reader.language)
  const next = [...holidays].slice(0, 3).map(([day, name]) => `${daySaid(day, reader)} ${name[reader.language]}`)
  return next.length === 0 ? undefined : text.holidaysNext(next.join(text.between))
}
