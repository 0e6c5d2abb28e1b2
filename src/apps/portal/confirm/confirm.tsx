import { signInLabels } from '#apps/frame/guide-labels.ts'
import { findAwaitedSignIn } from '#features/sign-in/awaited.ts'
import { finishConfirmation } from '#features/sign-in/confirm.ts'
import { Button } from '#platform/ui/button.tsx'
import { CodeField } from '#platform/ui/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form.tsx'
import { PageHeading } from '#platform/ui/page-heading.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { ownPath } from '../own-path.ts'
import { paths } from '../paths.ts'
import { portalPage } from '../portal-page.ts'
import { codeField } from '../sign-in/code-field.ts'
import { secondStepProblems } from '../sign-in/problem-words.ts'

const words = {
  ...secondStepProblems,
  title: { ja: '第二認証の確認', en: 'Confirm with your second factor' },
  heading: signInLabels.secondStep,
  lead: {
    ja: '大切な設定を変更するため、もう一度、第二認証を行ってください。確認は10分間有効です。',
    en: 'This change matters, so show your second factor once more. It counts for 10 minutes.',
  },
  mailed: { ja: 'メールで届いた6桁のコードを入力してください。', en: 'Enter the 6 digits that were mailed to you.' },
  totp: {
    ja: '認証アプリに表示されている6桁のコードを入力してください。',
    en: 'Enter the 6 digits that your authenticator app shows.',
  },
  code: codeField.label,
  confirm: { ja: '確認する', en: 'Confirm' },
  'code-expired': {
    ja: 'コードの有効期限が切れたか、入力できる回数を超えました。もとの画面に戻って、やり直してください。',
    en: 'The code has expired or was tried too often. Go back and begin again.',
  },
}

/** Asks somebody who is logged in for the second factor, before a critical change. */
export const confirmPage = portalPage({
  path: paths.confirm,
  allow: 'user',
  words,
  section: 'profile',
  load: async (ctx, { cookies }) =>
    (await findAwaitedSignIn(ctx, cookies.confirm ?? '', ctx.actor.sessionId)) ??
    redirect(ownPath(cookies.return ?? '') ?? paths.profile),
  form: { code: codeField },
  async submit(ctx, { data, input, asked: { cookies }, words: text }) {
    const back = ownPath(cookies.return ?? '') ?? paths.profile
    const confirmed = await finishConfirmation(ctx, {
      signIn: data,
      code: input.code,
      browserToken: cookies.browser ?? '',
    })
    if (confirmed.ok) {
      return redirect(back, {
        cookies: [
          { name: 'session', value: confirmed.value },
          { name: 'confirm', value: null },
          { name: 'return', value: null },
        ],
      })
    }
    if (confirmed.problem === 'start-again') return redirect(back)
    return problemAt('code', text[confirmed.problem], confirmed)
  },
  title: ({ words: text }) => text.title,
  view: ({ data, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <PageHeading heading={text.heading} lead={text.lead} />
      <Form form={form} layout="page">
        <CodeField
          form={form}
          name="code"
          label={text.code}
          language={language}
          hint={data.secondFactor === 'totp' ? text.totp : text.mailed}
          autoFocus={form.problems.length === 0}
        />
        <div>
          <Button>{text.confirm}</Button>
        </div>
      </Form>
    </>
  ),
})
