import { signInLabels, userLabels } from '#sites/frame/guide-labels.ts'
import type { AwaitedSignIn } from '#features/sign-in/awaited.ts'
import { beginConfirmation, findConfirmation, finishConfirmation } from '#features/sign-in/confirm.ts'
import { confirmedFor } from '#platform/context.ts'
import { minutes } from '#platform/time/duration.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { CodeField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { type AwaitedConfirmation, backOf, type Confirmation } from '#platform/web/confirmation.ts'
import { problemAt, redirect, type View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { codeField } from '../sign-in/code-field.ts'
import { codeProblems, overProblems } from '../sign-in/problem-words.ts'

const words = {
  ...codeProblems,
  ...overProblems,
  title: { ja: '第二認証の確認', en: 'Confirm with your second factor' },
  heading: signInLabels.secondStep,
  lead: {
    ja: (title: string) =>
      `「${title}」の操作を行うため、もう一度、第二認証を行ってください。コードが正しければ、そのまま実行します。その後${confirmedFor / minutes}分間は、確認を求められません。`,
    en: (title: string) =>
      `“${title}” matters, so show your second factor once more: with the right code it is done at once. For ${confirmedFor / minutes} minutes after that you are not asked again.`,
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
  confirm: { ja: '確認して実行する', en: 'Confirm and do it' },
  cancel: userLabels.cancel,
  sent: {
    ja: 'この確認は済んでいます。同じ操作がもう一度行われることはありません。結果は、もとの画面で確認してください。',
    en: 'This confirmation is finished, and nothing is done a second time. See the page where you began for what came of it.',
  },
  over: {
    ja: '時間が過ぎたか、ログインし直したか、誤ったコードが続いたため、第二認証の確認は終わりました。操作は行われていません。もとの画面からやり直してください。',
    en: 'The confirmation is over: it took too long, you have logged in again since, or too many codes were wrong. Nothing was done. Begin again from where you were.',
  },
  back: { ja: 'もとの画面に戻る', en: 'Back to where you were' },
  menu: { ja: 'サービスメニューに戻る', en: 'Back to the service menu' },
  'code-used-up': {
    ja: 'コードを入力できる回数を超えたため、第二認証の確認を終了しました。変更はまだ行われていません。この画面からやり直してください。',
    en: 'The code was tried too often, so the confirmation was ended. Nothing was changed yet. Begin again from this page.',
  },
  'code-expired': {
    ja: 'コードの有効期限が切れました。「キャンセル」でもとの画面に戻って、やり直してください。',
    en: 'The code has expired. Go back with “Cancel” and begin again.',
  },
}

/** Asks somebody who is logged in for the second factor, and does what is critical when it was shown. */
export const confirmPage = portal.confirmation({
  path: paths.confirm,
  allow: 'user',
  words,
  section: 'profile',
  begin: beginConfirmation,
  async find(ctx, id) {
    const found = await findConfirmation(ctx, id)
    return found?.state === 'awaited' ? { state: 'awaited', form: found.form, factor: found.signIn } : found
  },
  form: { code: { ...codeField, secret: true } },
  async judge(ctx, { confirmation, input, words: text, asked: { cookies, params } }) {
    const confirmed = await finishConfirmation(ctx, {
      signIn: confirmation.factor,
      code: input.code,
      browserToken: cookies.browser ?? '',
    })
    if (confirmed.ok) return { session: confirmed.value }
    const { problem } = confirmed
    if (problem === 'wrong-code' || problem === 'code-expired') return problemAt('code', text[problem], confirmed)
    // Another tab was quicker, and the page says what came of it.
    if (problem === 'start-again') return redirect(paths.confirm(params), { refusal: confirmed })
    return redirect(backOf(confirmation), { notice: text[problem], refusal: confirmed })
  },
  title: ({ words: text }) => text.title,
  view: (view) => (
    <>
      <ErrorSummary form={view.form} language={view.reader.language} />
      {isAwaited(view) ? <Awaited {...view} /> : <Over {...view} />}
    </>
  ),
})

type Shown<Data = Confirmation<AwaitedSignIn>> = View<Data, typeof words>

const isAwaited = (view: Shown): view is Shown<AwaitedConfirmation<AwaitedSignIn>> => view.data.state === 'awaited'

function Awaited({ data, form, words: text, reader: { language } }: Shown<AwaitedConfirmation<AwaitedSignIn>>) {
  const { secondFactor, code } = data.factor
  const isAsked = secondFactor === 'totp' || code !== undefined
  return (
    <>
      <PageHeading heading={text.heading} lead={isAsked ? text.lead(data.form.title[language]) : text.notSent} />
      {isAsked ? (
        <Form form={form} layout="page">
          <CodeField
            form={form}
            name="code"
            label={text.code}
            language={language}
            hint={secondFactor === 'totp' ? text.totp : text.mailed}
            autoFocus={form.problems.length === 0}
          />
          <ButtonRow>
            <ButtonLink kind="secondary" href={backOf(data)}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.confirm}</Button>
          </ButtonRow>
        </Form>
      ) : (
        <Back href={backOf(data)}>{text.back}</Back>
      )}
    </>
  )
}

/** What was sent may have removed the page that it was sent from. */
function Over({ data, words: text }: Shown) {
  const isSent = data.state === 'sent'
  return (
    <>
      <PageHeading heading={text.title} lead={isSent ? text.sent : text.over} />
      <Back href={isSent ? paths.serviceMenu : backOf(data)}>{isSent ? text.menu : text.back}</Back>
    </>
  )
}

function Back({ href, children }: { href: string; children: string }) {
  return (
    <ButtonRow>
      <ButtonLink kind="secondary" href={href}>
        {children}
      </ButtonLink>
    </ButtonRow>
  )
}
