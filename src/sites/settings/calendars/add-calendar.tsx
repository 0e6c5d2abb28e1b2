import { addCalendar } from '#features/calendars/save.ts'
import type { Contract } from '#features/contracts/find.ts'
import type { Line } from '#features/lines/open.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary } from '#platform/ui/form/form.tsx'
import { redirect } from '#platform/web/page.ts'
import { linkWords } from '../links.ts'
import { DueField, dueFields, reserving } from '../parts/due.tsx'
import { LineHeading, withChanged } from '../parts/line-heading.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { calendarFields, calendarProblem, planIn } from './calendar-fields.ts'
import { CalendarFormFields } from './calendar-form.tsx'
import { beginForm, type CalendarForm, previewCalendar } from './calendar-preview.ts'

const words = {
  title: { ja: '営業時間の追加', en: 'Add business hours' },
  add: userLabels.add,
  cancel: userLabels.cancel,
  effect: {
    ja: '追加した後、外線番号のページで営業時間に指定すると働きます。',
    en: 'They count once they are chosen on the page of an outside number.',
  },
}

interface Data extends CalendarForm {
  contract: Contract
  line: Line
}

/** 営業時間の追加 */
export const addCalendarPage = settings.page({
  path: paths.addCalendar,
  allow: 'line',
  words,
  load: async (ctx): Promise<Data> => ({ contract: ctx.contract, line: ctx.line, ...(await beginForm(ctx)) }),
  within: ({ contract }) => contract.service.code,
  form: { ...calendarFields, ...dueFields },
  initial: () => {
    const usual = '9:00-18:00'
    return { w1: usual, w2: usual, w3: usual, w4: usual, w5: usual, holidays: 'on' }
  },
  preview: previewCalendar,
  async submit(ctx, { data, input }) {
    const when = await reserving(ctx, input)
    if ('problems' in when) return when
    const plan = planIn(input, ctx.language)
    if ('problems' in plan) return plan
    const added = await addCalendar(when, plan)
    const contract = data.contract.id
    if (added.ok) return redirect(withChanged(paths.calendar({ contract, id: added.value.value }), added.value))
    if (added.problem === 'may-not-edit') throw new Error('Whoever may not edit sends no form')
    return calendarProblem(added.problem, ctx.language)
  },
  title: ({ words: text }) => text.title,
  view({ data, form, words: text, reader }) {
    const { contract } = data
    const { language } = reader
    const list = paths.calendars({ contract: contract.id })
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <LineHeading
          language={language}
          contract={contract}
          heading={text.title}
          trail={[{ label: linkWords.calendars[language], href: list }]}
        />
        {contract.mayEdit && (
          <CalendarFormFields form={form} reader={reader} beside={data}>
            <CommitBar effect={text.effect}>
              <DueField form={form} language={language} line={data.line} />
              <ButtonLink kind="secondary" href={list}>
                {text.cancel}
              </ButtonLink>
              <Button>{text.add}</Button>
            </CommitBar>
          </CalendarFormFields>
        )}
      </>
    )
  },
})
