import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { chooseFactor } from '#features/first-login/choose-factor.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { RadioField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { loginRoom } from '../pages.ts'
import { loadStep, startAgain, StepHeading, stepPaths, stepTitle } from './steps.tsx'

const words = {
  lead: {
    ja: 'ログインのたびに、第1パスワードに続けて6桁のコードを入力します。コードの受け取り方を選んでください。',
    en: 'At every login you enter 6 digits after your password. Choose how you get them.',
  },
  factor: userLabels.secondFactor,
  totp: userLabels.totp,
  totpHint: {
    ja: 'スマートフォンなどの認証アプリに表示されます。続けて、認証アプリを設定します。',
    en: 'An authenticator app shows them. You set it up next.',
  },
  mailOtp: userLabels.mailOtp,
  mailOtpHint: {
    ja: 'ユーザIDのメールアドレスに、ログインのたびに届きます。',
    en: 'They come by mail to your user ID at every login.',
  },
  back: { ja: '前へ戻る', en: 'Back' },
  next: { ja: '次へ進む', en: 'Next' },
}

/** For whoever comes from an application form: 第2段階認証方式 */
export const factorPage = loginRoom.page({
  path: paths.firstLoginFactor,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  section: 'first-login',
  load: (ctx, asked) => loadStep(ctx, asked, 'factor'),
  form: { secondFactor: { label: words.factor, value: z.enum(['totp', 'mail-otp']) } },
  initial: ({ secondFactor }) => (secondFactor ? { secondFactor } : {}),
  async submit(ctx, { data, input }) {
    const chosen = await chooseFactor(ctx, data, input.secondFactor)
    return chosen.ok ? redirect(stepPaths[chosen.value]) : startAgain
  },
  title: ({ data, reader: { language } }) => stepTitle({ firstLogin: data, step: 'factor', language }),
  view: ({ data, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Panel roomy>
        <StepHeading firstLogin={data} step="factor" language={language} />
        <p>{text.lead}</p>
        <Form form={form}>
          <RadioField
            form={form}
            name="secondFactor"
            label={text.factor}
            language={language}
            mark="required"
            stacked
            options={[
              { value: 'totp', label: text.totp, hint: text.totpHint },
              { value: 'mail-otp', label: text.mailOtp, hint: text.mailOtpHint },
            ]}
          />
          <ButtonRow place="apart">
            <ButtonLink kind="secondary" href={paths.firstLoginPassword}>
              {text.back}
            </ButtonLink>
            <Button>{text.next}</Button>
          </ButtonRow>
        </Form>
      </Panel>
    </>
  ),
})
