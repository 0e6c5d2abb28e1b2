import { z } from 'zod'
import { menuLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { closeReview, longestNote } from '#features/access-reviews/close.ts'
import type { ReviewMoment } from '#features/access-reviews/moment.ts'
import { findTally, type ReviewTally } from '#features/access-reviews/tally.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextAreaField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { hrefOf, type ListQuery, numberIn } from '#platform/ui/list/list-query.tsx'
import { lines, typedLines } from '#platform/values.ts'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { findLookedAt } from './looked-at.ts'
import { findingWords, momentWord, reviewLabels, reviewTabs, reviewTitle } from './words.ts'

const words = {
  ...reviewLabels,
  title: { ja: '棚卸しの完了', en: 'Close the review' },
  of: reviewTitle,
  menu: menuLabels.forAdministrators,
  lead: {
    ja: '確認した内容を、そのまま残します。変更履歴にも記録されます。',
    en: 'This keeps what you have looked at, row for row. It is recorded in the change history, too.',
  },
  hint: {
    ja: `${longestNote}文字まで。確認したことや、行った対応を記入します。問題がなければ、そのことを記入してください。`,
    en: `Up to ${longestNote} characters: what you checked, and what was done about it; or that nothing had to be.`,
  },
  people: { ja: (n: string) => `${n}名`, en: (n: string) => n },
  pieces: { ja: (n: string) => `${n}件`, en: (n: string) => n },
  close: { ja: '完了する', en: 'Close' },
  cancel: userLabels.cancel,
  effect: {
    ja: 'すぐに記録されます。あとから変更や取り消しはできません。',
    en: 'It is recorded at once, and cannot be changed or undone.',
  },
  done: { ja: '棚卸しを完了しました。', en: 'The review was closed.' },
  'not-recorded': {
    ja: 'この時点の状態は記録されていません。基準日を選び直してください。',
    en: 'Nothing is recorded of that moment. Choose another day.',
  },
  'closed-already': {
    ja: 'この棚卸しは完了しています。「過去の棚卸し」で確認してください。',
    en: 'This review is closed already. It is among the earlier reviews.',
  },
}

interface Data {
  moment: ReviewMoment
  tally: ReviewTally
  query: ListQuery
}

/** 棚卸しの完了 */
export const closeReviewPage = portal.page({
  path: paths.closeReview,
  allow: 'portal-administrator',
  isClosedToLooks: true,
  words,
  section: 'administration',
  async load(ctx, asked): Promise<Data | typeof notFound> {
    const looked = await findLookedAt(ctx, asked)
    if (looked === notFound || !looked.moment?.isRecorded) return notFound
    const { moment, source, query } = looked
    return { moment, tally: await findTally(ctx, source), query }
  },
  form: {
    at: { label: words.asOf, value: z.iso.datetime(), carried: true },
    note: { label: words.note, value: typedLines(lines(longestNote).min(1)) },
  },
  initial: ({ moment }) => ({ at: moment.at.toISOString() }),
  critical: {
    async submit(ctx, { input: { at, note }, words: text }) {
      const closed = await closeReview(ctx, { at: new Date(at), note })
      if (!closed.ok) return problemAt(undefined, text[closed.problem], closed)
      return redirect(hrefOf(paths.accessReview, { review: closed.value }), { notice: text.done })
    },
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { moment, tally, query }, form, words: text, reader }) => {
    const { language } = reader
    const people = (n: number) => text.people(numberIn(language, n))
    const pieces = (n: number) => text.pieces(numberIn(language, n))
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb
          language={language}
          trail={[
            { label: text.menu, href: paths.administration },
            { label: text.of, href: hrefOf(paths.accessReview, query) },
          ]}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={text.lead} />
        <Facts
          facts={[
            { term: text.asOf, value: momentWord(new Date(String(form.values.at ?? moment.at.toISOString())), reader) },
            { term: reviewTabs.users[language], value: people(tally.users) },
            { term: reviewTabs.groups[language], value: pieces(tally.groups) },
            { term: reviewTabs.rights[language], value: pieces(tally.rights) },
            { term: findingWords.quiet[language], value: people(tally.quiet) },
            { term: findingWords.unused[language], value: people(tally.unused) },
            { term: findingWords.nobody[language], value: pieces(tally.nobody) },
          ]}
        />
        <Form form={form} layout="page" guard>
          <input type="hidden" name="at" value={String(form.values.at)} />
          <TextAreaField
            form={form}
            name="note"
            label={text.note}
            language={language}
            mark="required"
            hint={text.hint}
          />
          <CommitBar effect={text.effect}>
            <ButtonLink kind="secondary" href={hrefOf(paths.accessReview, query)}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.close}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})
