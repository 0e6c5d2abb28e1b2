import { editOutage } from '#features/outages/draft.ts'
import type { Outage } from '#features/outages/outage.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { lastChangeOfOutage, loadOutage } from './load-outage.ts'
import { OutageFields, outageFields, readFacts, typedOf } from './outage-form.tsx'
import { OutageTrail } from './outage-trail.tsx'
import { DraftSteps } from './steps.tsx'
import { timeProblems } from './times.ts'
import { outageWords } from './words.ts'

const words = {
  ...outageWords,
  title: { ja: '内容の編集', en: 'Edit what it is' },
  effectDraft: { ja: 'お客様にはまだ表示されません。', en: 'No customer sees it yet.' },
  effect: {
    ja: 'お客様の画面にすぐに反映されます。工事の日時を変えると、変更のメールをお送りします。',
    en: 'Customers see it at once. When the date of works changes, they are told by mail.',
  },
  apply: { ja: '変更する', en: 'Apply' },
  done: { ja: '内容を変更しました。', en: 'It was changed.' },
}

/** Works may take longer than was planned; what a fault was is not changed once it is over. */
export function mayEdit({ state, kind, stage }: Outage): boolean {
  return state !== 'withdrawn' && (kind === 'works' || stage !== 'over')
}

export const editOutagePage = staffConsole.page({
  path: paths.editOutage,
  allow: 'content',
  words,
  load: (ctx, { params: { id } }) => loadOutage(ctx, id, mayEdit),
  form: { ...outageFields, version: { label: words.version, value: rowVersion, carried: true } },
  initial: ({ outage, zone }) => ({ ...typedOf(outage, zone), version: String(outage.version) }),
  changedBy: (ctx, shown) => lastChangeOfOutage(ctx, shown),
  async submit(ctx, { data: { outage, zone }, input: { version, ...input }, words: text }) {
    const { language, now } = ctx
    const facts = readFacts(input, { zone, now, outage })
    if ('problem' in facts)
      return problemAt(facts.field, timeProblems[facts.problem][language](outageFields[facts.field].label[language]))
    const edited = await editOutage(ctx, { ...outage, version }, facts)
    if (!edited.ok) return problemAt(undefined, text.meanwhile, edited)
    return redirect(paths.outage({ id: outage.id }), { notice: text.done })
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { outage }, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <OutageTrail outage={outage} language={language} current={text.title} />
      <PageHeading heading={text.title} lead={outage.code} />
      {outage.state === 'draft' && <DraftSteps current={1} language={language} />}
      <Form form={form} layout="page" guard>
        <input type="hidden" name="version" value={outage.version} />
        <OutageFields form={form} language={language} hasKind={outage.state !== 'draft'} />
        <CommitBar effect={outage.state === 'draft' ? text.effectDraft : text.effect}>
          <ButtonLink kind="secondary" href={paths.outage({ id: outage.id })}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.apply}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})
