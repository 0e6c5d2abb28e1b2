import { signInLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { type AwaitedSignIn, findAwaitedConfirmation } from '#features/sign-in/awaited.ts'
import { confirmedFor, finishConfirmation } from '#features/sign-in/confirm.ts'
import { minutes } from '#platform/time/duration.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { CodeField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { ownPath, paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { codeField } from '../sign-in/code-field.ts'
import { codeProblems, overProblems } from '../sign-in/problem-words.ts'

const words = {
  ...codeProblems,
  ...overProblems,
  title: { ja: '第二認証の確認', en: 'Confirm with your second factor' },
  heading: signInLabels.secondStep,
  lead: {
    ja: `大切な設定を変更するため、もう一度、第二認証を行ってください。確認は${confirmedFor / minutes}分間有効です。`,
    en: `This change matters, so show your second factor once more. It counts for ${confirmedFor / minutes} minutes.`,
  },
  mailed: { ja: 'メールで届いた6桁のコードを入力してください。', en: 'Enter the 6 digits that were mailed to you.' },
  notSent: {
    ja: 'このユーザIDへのコードの送信が1時間の上限に達したため、送信していません。1時間以上おいて、もとの画面からやり直してください。',
    en: 'No code was sent, because too many were sent to this user ID within an hour. Go back and begin again in an hour.',
  },
  totp: {
    ja: '認証アプリに表示されている6桁のコードを入力してください。',
    en: 'Enter the 6 digits that your authenticator app shows.',
  },
  code: codeField.label,
  confirm: { ja: '確認する', en: 'Confirm' },
  cancel: userLabels.cancel,
  done: {
    ja: '第二認証を確認しました。続けて操作してください。',
    en: 'Your second factor was confirmed. You can go on.',
  },
  'start-again': {
    ja: '第二認証の確認の途中で時間が過ぎたか、別の画面で確認が終わりました。変更はまだ行われていません。この画面からやり直してください。',
    en: 'The confirmation took too long or was finished in another window. Nothing was changed yet. Begin again from this page.',
  },
  'code-used-up': {
    ja: 'コードを入力できる回数を超えたため、第二認証の確認を終了しました。変更はまだ行われていません。この画面からやり直してください。',
    en: 'The code was tried too often, so the confirmation was ended. Nothing was changed yet. Begin again from this page.',
  },
  'code-expired': {
    ja: 'コードの有効期限が切れました。「キャンセル」でもとの画面に戻って、やり直してください。',
    en: 'The code has expired. Go back with “Cancel” and begin again.',
  },
}

/** Asks somebody who is logged in for the second factor, before a critical change. */
export const confirmPage = portal.page({
  path: paths.confirm,
  allow: 'user',
  words,
  section: 'profile',
  load: async (ctx, { cookies }) => {
    const back = ownPath(cookies.return ?? '') ?? paths.profile
    const signIn = await findAwaitedConfirmation(ctx, cookies.confirm ?? '')
    return signIn ? { signIn, back } : redirect(back, { notice: words['start-again'][ctx.language] })
  },
  form: { code: codeField },
  async submit(ctx, { data, input, asked: { cookies }, words: text }) {
    const { signIn, back } = data
    const confirmed = await finishConfirmation(ctx, {
      signIn,
      code: input.code,
      browserToken: cookies.browser ?? '',
    })
    if (confirmed.ok) {
      return redirect(back, {
        notice: text.done,
        cookies: [
          { name: 'session', value: confirmed.value },
          { name: 'confirm', value: null },
          { name: 'return', value: null },
        ],
      })
    }
    const { problem } = confirmed
    if (problem === 'wrong-code' || problem === 'code-expired') return problemAt('code', text[problem], confirmed)
    return redirect(back, { notice: text[problem], refusal: confirmed, cookies: [{ name: 'confirm', value: null }] })
  },
  title: ({ words: text }) => text.title,
  view: ({ data, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <PageHeading heading={text.heading} lead={awaitsCode(data.signIn) ? text.lead : text.notSent} />
      {awaitsCode(data.signIn) && (
        <Form form={form} layout="page">
          <CodeField
            form={form}
            name="code"
            label={text.code}
            language={language}
            hint={data.signIn.secondFactor === 'totp' ? text.totp : text.mailed}
            autoFocus={form.problems.length === 0}
          />
          <ButtonRow>
            <ButtonLink kind="secondary" href={data.back}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.confirm}</Button>
          </ButtonRow>
        </Form>
      )}
    </>
  ),
})

const awaitsCode = ({ secondFactor, code }: AwaitedSignIn): boolean => secondFactor === 'totp' || code !== undefined
