import { z } from 'zod'
import { typedLines } from '#platform/values.ts'
import { siteLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { feedbackKinds, giveFeedback, longestFeedback, mostFeedback } from '#features/feedback/give.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { RadioField, TextAreaField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { ownPath, paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { type NamedPage, titleIn } from './named-page.ts'

const words = {
  title: siteLabels.opinion,
  lead: {
    ja: 'いただいたご意見は、お名前、ご契約者名、対象のページとともに運営者に届き、ポータルの改善に使います。返信はいたしません。',
    en: 'The operator receives it with your name, your company and the page, and uses it to improve the portal. You will not get a reply.',
  },
  page: { ja: '対象のページ：', en: 'The page: ' },
  kind: { ja: 'このページについて', en: 'This page' },
  good: { ja: '良い', en: 'Good' },
  trouble: { ja: '困った', en: 'Problem' },
  other: { ja: 'その他', en: 'Other' },
  text: { ja: 'ご意見', en: 'Your feedback' },
  hint: {
    ja: `${longestFeedback.toLocaleString('ja-JP')}文字まで。パスワードや認証コードは書かないでください。`,
    en: `Up to ${longestFeedback.toLocaleString('en-GB')} characters. Do not enter passwords or codes.`,
  },
  cancel: userLabels.cancel,
  give: { ja: 'ご意見を届ける', en: 'Give feedback' },
  thanks: { ja: 'ご意見をありがとうございました。', en: 'Thank you for your feedback.' },
  'too-much': {
    ja: `ご意見は1時間に${mostFeedback}件までお受けしています。時間をおいて、もう一度お試しください。`,
    en: `You can give feedback ${mostFeedback} times an hour. Try again later.`,
  },
  barEffect: {
    ja: 'ご意見は、お名前とともに運営者に届きます。',
    en: 'The operator receives it with your name.',
  },
}

const feedbackText = typedLines(z.string().min(1).max(longestFeedback))

/** このページに対するご意見 */
export const feedbackPage = portal.page({
  path: paths.feedback,
  allow: 'user',
  words,
  async load(ctx, { query }): Promise<NamedPage> {
    const address = ownPath(query['page'] ?? '') ?? paths.serviceMenu
    return { address, title: titleIn(ctx, query) ?? pathOf(address) }
  },
  form: {
    kind: { label: words.kind, value: z.enum(feedbackKinds).optional() },
    text: { label: words.text, value: feedbackText },
  },
  async submit(ctx, { data: { address }, input: { kind, text: typed }, words: text }) {
    const given = await giveFeedback(ctx, { page: pathOf(address), kind, text: typed })
    if (!given.ok) return problemAt(undefined, text[given.problem], given)
    return redirect(address, { notice: text.thanks })
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { address, title }, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <PageHeading heading={text.title} lead={text.lead} />
      <Form form={form} layout="page" guard>
        <p>
          {text.page}
          <a href={address}>{title}</a>
        </p>
        <RadioField
          form={form}
          name="kind"
          label={text.kind}
          language={language}
          mark="optional"
          options={feedbackKinds.map((kind) => ({ value: kind, label: text[kind] }))}
        />
        <TextAreaField
          form={form}
          name="text"
          label={text.text}
          language={language}
          mark="required"
          hint={text.hint}
          rows={6}
          most={longestFeedback}
        />
        <CommitBar effect={text.barEffect}>
          <ButtonLink kind="secondary" href={address}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.give}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})

function pathOf(address: string): string {
  return address.replace(/\?.*/s, '')
}
