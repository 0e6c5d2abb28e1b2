import { withdrawFromMany, withdrawOutage } from '#features/outages/edit.ts'
import type { Outage } from '#features/outages/outage.ts'
import { fewCustomers } from '#features/outages/publish.ts'
import { type Concerned, countConcerned } from '#features/outages/reach.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import type { Outcome } from '#platform/outcome.ts'
import { type FormResult, notFound, problemAt, redirect } from '#platform/web/page.ts'
import type { In } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { loadOutage, type ShownOutage } from './load-outage.ts'
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

interface Data extends ShownOutage {
  concerned: Concerned
}

/** Takes back what was announced by mistake, calls works off, or throws a draft away. */
export const withdrawOutagePage = staffConsole.page({
  path: paths.withdrawOutage,
  allow: 'content',
  words,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const shown = await loadOutage(ctx, id, ({ state, stage }) => state !== 'withdrawn' && stage !== 'over')
    return shown === notFound ? notFound : { ...shown, concerned: await countConcerned(ctx, id) }
  },
  form: { version: { label: words.version, value: rowVersion, carried: true } },
  async submit(ctx, { data: { outage }, input, words: text }) {
    return ended(await withdrawOutage(ctx, { id: outage.id, version: input.version }), { outage, text })
  },
  critical: {
    when: ({ data: { concerned } }) => concerned.customers > fewCustomers,
    async submit(ctx, { data: { outage }, input, words: text }) {
      return ended(await withdrawFromMany(ctx, { id: outage.id, version: input.version }), { outage, text })
    },
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

function ended(
  done: Outcome<void, 'changed-meanwhile' | 'concerns-many'>,
  { outage, text }: { outage: Outage; text: In<typeof words> },
): FormResult {
  // What is counted in the same transaction was another number a moment before.
  if (!done.ok) return problemAt(undefined, text.meanwhile, done)
  if (outage.state === 'draft') return redirect(paths.outages, { notice: text.discarded })
  return redirect(paths.outage({ id: outage.id }), { notice: text.withdrawn })
}
