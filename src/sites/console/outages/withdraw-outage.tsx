import { withdrawOutage } from '#features/outages/edit.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { loadOutage } from './load-outage.ts'
import { OutageTrail } from './outage-trail.tsx'
import { outageWords } from './words.ts'

const words = {
  ...outageWords,
  title: { ja: '取り消し', en: 'Withdraw' },
  titleDraft: { ja: '下書きの破棄', en: 'Throw the draft away' },
  question: {
    ja: 'この障害・工事のご案内を取り消しますか？　お客様の画面では、取り消されたことが分かる形で残ります。通知を希望する方に、故障では取り消し、工事では中止のメールが送信されます。',
    en: 'Withdraw this? Customers still see it, as withdrawn, and those who wish it are mailed: of a fault that it is withdrawn, of works that they are cancelled.',
  },
  questionDraft: {
    ja: 'この下書きを破棄しますか？　お客様には表示されていません。',
    en: 'Throw this draft away? No customer has seen it.',
  },
  effect: { ja: '送信したメールは取り消せません。', en: 'Mails that were sent cannot be called back.' },
  effectDraft: { ja: '破棄した下書きは、元に戻せません。', en: 'It cannot be had back.' },
  withdraw: { ja: '取り消す', en: 'Withdraw' },
  discard: { ja: '破棄する', en: 'Throw away' },
  withdrawn: { ja: '障害・工事を取り消しました。', en: 'It was withdrawn.' },
  discarded: { ja: '下書きを破棄しました。', en: 'The draft was thrown away.' },
}

/** Takes back what was announced by mistake, calls works off, or throws a draft away. */
export const withdrawOutagePage = staffConsole.page({
  path: paths.withdrawOutage,
  allow: 'content',
  words,
  load: (ctx, { params: { id } }) =>
    loadOutage(ctx, id, ({ state, stage }) => state !== 'withdrawn' && stage !== 'over'),
  form: { version: { label: words.version, value: rowVersion, carried: true } },
  async submit(ctx, { data: { outage }, input, words: text }) {
    const done = await withdrawOutage(ctx, { id: outage.id, version: input.version })
    if (!done.ok) return problemAt(undefined, text.meanwhile, done)
    if (outage.state === 'draft') return redirect(paths.outages, { notice: text.discarded })
    return redirect(paths.outage({ id: outage.id }), { notice: text.withdrawn })
  },
  title: ({ data: { outage }, words: text }) => (outage.state === 'draft' ? text.titleDraft : text.title),
  view({ data: { outage }, form, words: text, reader: { language } }) {
    const isDraft = outage.state === 'draft'
    const title = isDraft ? text.titleDraft : text.title
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <OutageTrail outage={outage} language={language} current={title} />
        <PageHeading heading={title} lead={isDraft ? text.questionDraft : text.question} tall />
        <Form form={form}>
          <input type="hidden" name="version" value={outage.version} />
          <CommitBar effect={isDraft ? text.effectDraft : text.effect}>
            <ButtonLink kind="secondary" href={paths.outage({ id: outage.id })}>
              {text.cancel}
            </ButtonLink>
            <Button kind="danger-confirm">{isDraft ? text.discard : text.withdraw}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})
