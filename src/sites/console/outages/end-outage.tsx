import { endOutage } from '#features/outages/edit.ts'
import { longestUpdate, updateText } from '#features/outages/values.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextAreaField, TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { optional, typedLines } from '#platform/values.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { lastChangeOfOutage, loadOutage } from './load-outage.ts'
import { OutageTrail } from './outage-trail.tsx'
import { readWall, timeProblems, wallOf, wallTime } from './times.ts'
import { outageWords } from './words.ts'

const words = {
  ...outageWords,
  title: { ja: '終了と原因', en: 'End and cause' },
  lead: {
    ja: '原因と対策は、あとから書くこともできます。',
    en: 'Cause and remedy can be written later as well.',
  },
  endsAt: { ja: '終了日時', en: 'Ended' },
  causeJa: { ja: '原因と対策（日本語）', en: 'Cause and remedy in Japanese' },
  causeEn: { ja: '原因と対策（英語）', en: 'Cause and remedy in English' },
  effectOpen: {
    ja: 'お客様の画面に終了として表示されます。故障では、通知を希望する方に復旧のメールが送信されます。',
    en: 'Customers see that it is over. Of a fault, those who wish it are mailed that it is repaired.',
  },
  effectOver: {
    ja: 'お客様の画面にすぐに反映されます。メールは送信されません。',
    en: 'Customers see it at once. Nobody is mailed.',
  },
  missing: {
    ja: '終了日時が入力されていません。終了日時を入力してください。',
    en: 'Enter when it ended.',
  },
  onlyEnglish: {
    ja: '原因と対策は、日本語でも入力してください。',
    en: 'Enter cause and remedy in Japanese, too.',
  },
  end: { ja: '終了する', en: 'End it' },
  apply: { ja: '変更する', en: 'Apply' },
  ended: { ja: '障害・工事を終了しました。', en: 'It is over.' },
  applied: { ja: '終了日時と、原因と対策を変更しました。', en: 'End and cause were changed.' },
}

/** When it was over, and why it was; the latter also afterwards. */
export const endOutagePage = staffConsole.page({
  path: paths.endOutage,
  allow: 'content',
  words,
  load: (ctx, { params: { id } }) => loadOutage(ctx, id, ({ stage }) => stage === 'running' || stage === 'over'),
  form: {
    endsAt: { label: words.endsAt, value: wallTime },
    causeJa: { label: words.causeJa, value: optional(typedLines(updateText)) },
    causeEn: { label: words.causeEn, value: optional(typedLines(updateText)) },
    version: { label: words.version, value: rowVersion, carried: true },
  },
  initial: ({ outage: { stage, endsAt, cause, version }, zone }) => ({
    endsAt: stage === 'over' ? wallOf(endsAt, zone) : '',
    causeJa: cause?.ja ?? '',
    causeEn: cause?.en ?? '',
    version: String(version),
  }),
  changedBy: (ctx, shown) => lastChangeOfOutage(ctx, shown),
  async submit(ctx, { data: { outage, zone }, input, words: text }) {
    const tell = (problem: keyof typeof timeProblems) =>
      problemAt('endsAt', timeProblems[problem][ctx.language](text.endsAt))
    const endsAt = readWall(input.endsAt, { zone, former: outage.endsAt })
    if (endsAt === null) return problemAt('endsAt', text.missing)
    if (endsAt === undefined) return tell('no-time')
    if (endsAt <= outage.startsAt) return tell('before-start')
    if (endsAt > ctx.now) return tell('to-come')
    const { causeJa: ja, causeEn: en } = input
    if (ja === undefined && en !== undefined) return problemAt('causeJa', text.onlyEnglish)
    const cause = ja === undefined ? null : { ja, ...(en !== undefined && { en }) }
    const ended = await endOutage(ctx, { ...outage, version: input.version }, { endsAt, cause })
    if (!ended.ok) return problemAt(undefined, text.meanwhile, ended)
    const notice = outage.stage === 'over' ? text.applied : text.ended
    return redirect(paths.outage({ id: outage.id }), { notice })
  },
  title: ({ words: text }) => text.title,
  view({ data: { outage }, form, words: text, reader: { language } }) {
    const isOver = outage.stage === 'over'
    const at = <Name extends 'endsAt' | 'causeJa' | 'causeEn'>(name: Name) => ({
      form,
      language,
      name,
      label: text[name],
    })
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <OutageTrail outage={outage} language={language} current={text.title} />
        <PageHeading heading={text.title} lead={text.lead} tall />
        <Form form={form} layout="page" guard>
          <input type="hidden" name="version" value={outage.version} />
          <TextField {...at('endsAt')} mark="required" type="datetime-local" width="medium" />
          <TextAreaField {...at('causeJa')} mark="optional" rows={5} most={longestUpdate} />
          <TextAreaField {...at('causeEn')} mark="optional" rows={5} most={longestUpdate} />
          <CommitBar effect={isOver ? text.effectOver : text.effectOpen}>
            <ButtonLink kind="secondary" href={paths.outage({ id: outage.id })}>
              {text.cancel}
            </ButtonLink>
            <Button>{isOver ? text.apply : text.end}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})
