import type { JSX } from 'preact'
import { CustomerLogo } from '#sites/frame/portal-frame.tsx'
import { drawLogo } from '#features/logos/draw.ts'
import { type ChosenLogo, findLogos } from '#features/logos/find.ts'
import { stageLogo } from '#features/logos/set.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { FileField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { uploadedFile } from '#platform/values.ts'
import { problemAt, type Reader, redirect } from '#platform/web/page.ts'
import { type In, inLanguage } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { logoOf } from './logo-place.ts'
import { logoProblems, logoTitle } from './words.ts'

const words = {
  ...logoProblems,
  title: logoTitle,
  lead: {
    ja: '御社のすべてのユーザーの画面と印刷物に、通信事業者のロゴと並べて表示されます。',
    en: 'It stands beside the operator’s on the screens and printed pages of all your users.',
  },
  staged: { ja: 'ロゴの確認', en: 'Look at the logo' },
  stagedText: {
    ja: 'まだ設定されていません。明るい配色と暗い配色の両方で見えることを確認してから、設定してください。',
    en: 'It is not set yet. See that it can be made out on light and on dark, then set it.',
  },
  set: { ja: 'このロゴを設定する', en: 'Set this logo' },
  discard: { ja: '取り消す', en: 'Do not set it' },
  inForce: { ja: '設定中のロゴ', en: 'The logo now' },
  none: { ja: '設定されていません。会社名が表示されています。', en: 'None is set. Your company’s name is shown.' },
  by: {
    ja: (name: string) => `${name}さんが選択`,
    en: (name: string) => `Chosen by ${name}`,
  },
  byOperator: { ja: '通信事業者が設定', en: 'Set by the operator' },
  delete: { ja: '削除する', en: 'Delete' },
  choose: { ja: 'ロゴの選択', en: 'Choose a logo' },
  file: { ja: 'ロゴのファイル', en: 'File of the logo' },
  hint: {
    ja: 'PNG、JPEG、WebP、SVG。1MB以下。横160×縦32の範囲に、縦横の比を保って表示されます（高精細な画面のため、640×128ピクセル以上をお勧めします）。SVGの文字は図形に変換してください。',
    en: 'PNG, JPEG, WebP or SVG, at most 1 MB. It is shown within 160 by 32, as wide for its height as it is; for fine screens, 640 by 128 pixels or more are best. Text in an SVG must be converted to outlines.',
  },
  check: { ja: '確認する', en: 'See how it looks' },
  light: { ja: '明るい配色', en: 'On light' },
  dark: { ja: '暗い配色', en: 'On dark' },
}

/** コーポレートロゴ設定 */
export const logoPage = portal.page({
  path: paths.companyLogo,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  load: async (ctx) => ({ ...(await findLogos(ctx)), customer: ctx.actor.customer.name }),
  form: { file: { label: words.file, value: uploadedFile, file: true } },
  async prepare({ inTransaction }, { file }) {
    const customerId = await inTransaction(({ actor }) => Promise.resolve(actor.customer.id))
    return customerId === undefined ? undefined : drawLogo(file, customerId)
  },
  async submit(ctx, { prepared, words: text }) {
    if (!prepared) throw new Error('Only whoever is logged in gets here')
    if (!prepared.ok) return problemAt('file', text[prepared.problem])
    await stageLogo(ctx, prepared.value)
    return redirect(paths.companyLogo)
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { staged, inForce, customer }, form, words: text, tokenFor, reader }) => (
    <>
      <ErrorSummary form={form} language={reader.language} />
      <PageHeading heading={text.title} lead={text.lead} />
      {staged && (
        <Section heading={text.staged}>
          <Shown logo={staged} customer={customer} reader={reader} />
          <CommitBar effect={text.stagedText}>
            <Form form={{ action: paths.discardCompanyLogo, token: tokenFor(paths.discardCompanyLogo) }} layout="plain">
              <Button kind="secondary">{text.discard}</Button>
            </Form>
            <Form form={{ action: paths.setCompanyLogo, token: tokenFor(paths.setCompanyLogo) }} layout="plain">
              <input type="hidden" name="hash" value={staged.hash} />
              <Button>{text.set}</Button>
            </Form>
          </CommitBar>
        </Section>
      )}
      <Section heading={text.inForce}>
        {inForce ? (
          <>
            <Shown logo={inForce} customer={customer} reader={reader} />
            <ButtonRow>
              <ButtonLink kind="danger" href={paths.deleteCompanyLogo}>
                {text.delete}
              </ButtonLink>
            </ButtonRow>
          </>
        ) : (
          <p>{text.none}</p>
        )}
      </Section>
      <Section heading={text.choose}>
        <Form form={form} layout="page" withFile>
          <FileField
            form={form}
            name="file"
            label={text.file}
            language={reader.language}
            mark="required"
            hint={text.hint}
            accept="image/png,image/jpeg,image/webp,image/svg+xml"
          />
          <ButtonRow>
            <Button kind={staged ? 'secondary' : 'primary'}>{text.check}</Button>
          </ButtonRow>
        </Form>
      </Section>
    </>
  ),
})

interface ShownProps {
  logo: ChosenLogo
  customer: string
  reader: Pick<Reader, 'language' | 'timeZone' | 'now'>
}

/** As it stands in the header, on either scheme of colours. */
export function Shown({ logo, customer, reader: { language, timeZone, now } }: ShownProps): JSX.Element {
  const text: In<typeof words> = inLanguage(words, language)
  return (
    <>
      <div class="logo-previews">
        {(['light', 'dark'] as const).map((scheme) => (
          <figure class={`logo-preview logo-preview-${scheme}`} key={scheme}>
            <div>
              <CustomerLogo name={customer} {...logoOf(logo)} />
            </div>
            <figcaption class="small-text">{text[scheme]}</figcaption>
          </figure>
        ))}
      </div>
      <p class="small-text">
        <Time at={logo.at} zone={timeZone} language={language} now={now} />{' '}
        {logo.by === undefined ? text.byOperator : text.by(logo.by)}
      </p>
    </>
  )
}
