import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { type ChosenLogo, findLogos } from '#features/logos/find.ts'
import { removeLogo } from '#features/logos/set.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { problemAt, type Redirect, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { Shown } from './logo.tsx'
import { logoChangedMeanwhile, logoTitle } from './words.ts'

const words = {
  list: logoTitle,
  title: { ja: 'コーポレートロゴの削除', en: 'Delete the company logo' },
  question: {
    ja: '以下のロゴを削除しますか？　削除すると、代わりに会社名が表示されます。',
    en: 'Delete this logo? Your company’s name is shown in its place.',
  },
  barEffect: {
    ja: 'すべてのユーザーの画面で、ロゴが会社名に変わります。',
    en: 'All of your users see the name of your company instead.',
  },
  cancel: userLabels.cancel,
  delete: { ja: '削除する', en: 'Delete' },
  done: { ja: 'コーポレートロゴを削除しました。', en: 'The company logo was deleted.' },
  'changed-meanwhile': logoChangedMeanwhile,
  logo: { ja: 'ロゴ', en: 'Logo' },
}

/** コーポレートロゴの削除 */
export const deleteLogoPage = portal.page({
  path: paths.deleteCompanyLogo,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx): Promise<{ logo: ChosenLogo; customer: string } | Redirect> {
    const { inForce: logo } = await findLogos(ctx)
    return logo ? { logo, customer: ctx.actor.customer.name } : redirect(paths.companyLogo)
  },
  form: { hash: { label: words.logo, value: z.string(), carried: true } },
  async submit(ctx, { input: { hash }, words: text }) {
    const removed = await removeLogo(ctx, hash)
    return removed.ok
      ? redirect(paths.companyLogo, { notice: text.done })
      : problemAt(undefined, text[removed.problem], removed)
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { logo, customer }, form, words: text, reader }) => (
    <>
      <ErrorSummary form={form} language={reader.language} />
      <Breadcrumb
        language={reader.language}
        trail={[{ label: text.list, href: paths.companyLogo }]}
        current={text.title}
      />
      <PageHeading heading={text.title} lead={text.question} tall />
      <Shown logo={logo} customer={customer} reader={reader} />
      <Form form={form}>
        <input type="hidden" name="hash" value={logo.hash} />
        <CommitBar effect={text.barEffect}>
          <ButtonLink kind="secondary" href={paths.companyLogo}>
            {text.cancel}
          </ButtonLink>
          <Button kind="danger-confirm">{text.delete}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})
