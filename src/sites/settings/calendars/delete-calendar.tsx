import { type Calendar, findCalendar } from '#features/calendars/calendar.ts'
import { removeCalendar } from '#features/calendars/remove.ts'
import type { Contract } from '#features/contracts/find.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import type { Line } from '#features/lines/open.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { linkWords } from '../links.ts'
import { DueField, dueFields, reserving } from '../parts/due.tsx'
import { LineHeading, withChanged } from '../parts/line-heading.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'

const words = {
  title: { ja: (name: string) => `営業時間「${name}」の削除`, en: (name: string) => `Delete the hours “${name}”` },
  calendar: { ja: (name: string) => `営業時間「${name}」`, en: (name: string) => `Business hours “${name}”` },
  uses: { ja: '使っている外線番号', en: 'Outside numbers that use them' },
  none: { ja: 'どこからも使われていません。', en: 'Nothing uses them.' },
  'still-used': {
    ja: '使っている外線番号があるため、削除できません。先に、それぞれの外線番号で別の営業時間を選択してください。',
    en: 'Outside numbers use them, so they cannot be deleted. Choose other hours on the page of each first.',
  },
  delete: { ja: '削除する', en: 'Delete' },
  cancel: userLabels.cancel,
  effect: { ja: '削除は「変更履歴」から元に戻せます。', en: 'You can undo this from the change history.' },
}

interface Data {
  contract: Contract
  line: Line
  calendar: Calendar
}

/** 営業時間の削除 */
export const deleteCalendarPage = settings.page({
  path: paths.deleteCalendar,
  allow: 'line',
  words,
  async load(ctx, { params }): Promise<Data | typeof notFound> {
    const calendar = await findCalendar(ctx, params.id)
    return calendar ? { contract: ctx.contract, line: ctx.line, calendar } : notFound
  },
  within: ({ contract }) => contract.service.code,
  form: dueFields,
  async submit(ctx, { data: { contract, calendar }, input, words: text }) {
    const when = await reserving(ctx, input)
    if ('problems' in when) return when
    const removed = await removeCalendar(when, calendar)
    if (removed.ok) return redirect(withChanged(paths.calendars({ contract: contract.id }), removed.value))
    if (removed.problem === 'may-not-edit') throw new Error('Whoever may not edit sends no form')
    return problemAt(undefined, text[removed.problem], removed)
  },
  title: ({ data: { calendar }, words: text }) => text.title(calendar.name),
  view({ data: { contract, line, calendar }, form, words: text, reader: { language } }) {
    const own = paths.calendar({ contract: contract.id, id: calendar.id })
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <LineHeading
          language={language}
          contract={contract}
          heading={text.title(calendar.name)}
          trail={[
            { label: linkWords.calendars[language], href: paths.calendars({ contract: contract.id }) },
            { label: text.calendar(calendar.name), href: own },
          ]}
        />
        <Section heading={text.uses}>
          {calendar.numbers.length === 0 ? (
            <p>{text.none}</p>
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
        {contract.mayEdit && (
          <Form form={form} layout="page">
            <CommitBar effect={text.effect}>
              <DueField form={form} language={language} line={line} />
              <ButtonLink kind="secondary" href={own}>
                {text.cancel}
              </ButtonLink>
              <Button kind="danger-confirm">{text.delete}</Button>
            </CommitBar>
          </Form>
        )}
      </>
    )
  },
})
