import { signInLabels, userLabels } from '#sites/frame/guide-labels.ts'
import type { AwaitedSignIn } from '#features/sign-in/awaited.ts'
import { beginConfirmation, findConfirmation, finishConfirmation } from '#features/sign-in/confirm.ts'
import { confirmedFor } from '#platform/context.ts'
import { minutes } from '#platform/time/duration.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { problemOf } from '#platform/ui/form/field-frame.tsx'
import { CodeField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { type AwaitedConfirmation, backOf, type Confirmation } from '#platform/web/confirmation.ts'
import { problemAt, redirect, type View } from '#platform/web/page.ts'
import { isOfCode } from '#features/sign-in/finish.ts'
import { paths } from '../paths.ts'
import { loginRoom } from '../pages.ts'
import { codeField, recoveryCodeField } from '../sign-in/code-field.ts'
import { CodeHint, ResendCode, WhereCodeIs } from '../sign-in/mailed-code.tsx'
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
  notSent: {
    ja: 'このユーザIDへのコードの送信が1時間の上限に達したため、送信していません。1時間以上おいて、もとの画面からやり直すか、リカバリーコードをお使いください。',
    en: 'No code was sent, because too many were sent to this user ID within an hour. Go back and begin again in an hour, or use a recovery code.',
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
  menu: { ja: 'はじめの画面に戻る', en: 'Back to the first page' },
  'code-used-up': {
    ja: 'コードを入力できる回数を超えたため、第二認証の確認を終了しました。変更はまだ行われていません。この画面からやり直してください。',
    en: 'The code was tried too often, so the confirmation was ended. Nothing was changed yet. Begin again from this page.',
  },
  atOnce: {
    ja: (title: string) => `コードが正しければ、「${title}」がすぐに行われます。`,
    en: (title: string) => `With the right code “${title}” is done at once.`,
  },
  deed: { ja: (title: string) => `確認が必要な操作：${title}`, en: (title: string) => `To be confirmed: ${title}` },
  useRecovery: { ja: 'リカバリーコードを使う', en: 'Use a recovery code' },
  recoveryCode: { ja: 'リカバリーコード（16文字）', en: 'Recovery code (16 characters)' },
  recoveryHint: {
    ja: '端末を変えた場合や、コードを受け取れない場合に使います。使ったコードは、もう一度使うことはできません。',
    en: 'For a new phone, or if no code arrives. Each works once.',
  },
  'wrong-recovery-code': {
    ja: 'リカバリーコードが正しくないか、すでに使われています。まだ使っていないコードを入力してください。',
    en: 'The recovery code is not right or has been used. Enter one that you have not used.',
  },
}

/** Asks somebody who is logged in for the second factor, and does what is critical when it was shown. */
export const confirmPage = loginRoom.confirmation({
  path: paths.confirm,
  allow: 'user',
  words,
  begin: beginConfirmation,
  async find(ctx, id) {
    const found = await findConfirmation(ctx, id)
    return found?.state === 'awaited' ? { state: 'awaited', form: found.form, factor: found.signIn } : found
  },
  // One or the other.
  form: {
    code: { ...codeField, value: codeField.value.optional(), secret: true },
    recoveryCode: { ...recoveryCodeField, value: recoveryCodeField.value.optional(), secret: true },
  },
  async judge(ctx, { confirmation, input, words: text, asked: { cookies, params } }) {
    const { code = '', recoveryCode } = input
    const kind = recoveryCode === undefined ? 'own-factor' : 'recovery-code'
    const browserToken = cookies.browser ?? ''
    const shown = { signIn: confirmation.factor, code: recoveryCode ?? code, kind, browserToken } as const
    const confirmed = await finishConfirmation(ctx, shown)
    if (confirmed.ok) return { session: confirmed.value }
    const { problem } = confirmed
    if (problem === 'wrong-code' && kind === 'recovery-code')
      return problemAt('recoveryCode', text['wrong-recovery-code'], confirmed)
    if (isOfCode(problem)) return problemAt('code', text[problem], confirmed)
    // Another tab was quicker, and the page says what came of it.
    if (problem === 'start-again') return redirect(paths.confirm(params), { refusal: confirmed })
    return redirect(backOf(confirmation), { notice: text[problem], refusal: confirmed })
  },
  title: ({ data, words: text, reader: { language } }) =>
    data.state === 'awaited' ? text.deed(data.form.title[language]) : text.title,
  view: (view) => (
    <>
      <ErrorSummary form={view.form} language={view.reader.language} />
      {isAwaited(view) ? <Awaited {...view} /> : <Over {...view} />}
    </>
  ),
})

type Shown<Data = Confirmation<AwaitedSignIn>> = View<Data, typeof words>

const isAwaited = (view: Shown): view is Shown<AwaitedConfirmation<AwaitedSignIn>> => view.data.state === 'awaited'

function Awaited(view: Shown<AwaitedConfirmation<AwaitedSignIn>>) {
  const { data, form, words: text, reader, tokenFor } = view
  const { language } = reader
  const deed = data.form.title[language]
  const code = { signIn: data.factor, reader }
  const isAsked = data.factor.secondFactor === 'totp' || data.factor.code !== undefined
  return (
    <>
      <PageHeading above={deed} heading={text.heading} lead={isAsked ? text.lead(deed) : text.notSent} />
      {isAsked && (
        <Form form={form} layout="page">
          <p>
            <WhereCodeIs {...code} />
          </p>
          <CodeField
            form={form}
            name="code"
            label={text.code}
            language={language}
            hint={<CodeHint {...code} />}
            autoFocus={form.problems.length === 0}
          />
          <CommitBar effect={text.atOnce(deed)}>
            <ButtonLink kind="secondary" href={backOf(data)}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.confirm}</Button>
          </CommitBar>
        </Form>
      )}
      <ul class="side-notes">
        <ResendCode
          {...code}
          form={{ action: paths.resendConfirmation, token: tokenFor(paths.resendConfirmation) }}
          confirmation={data.factor.id}
        />
        <li>
          <Recovery {...view} isOpen={!isAsked} />
        </li>
      </ul>
      {!isAsked && <Back href={backOf(data)}>{text.back}</Back>}
    </>
  )
}

/** For whoever has lost the second factor in the middle of the work. */
function Recovery({ form, words: text, reader: { language }, isOpen }: Shown & { isOpen: boolean }) {
  return (
    <details open={isOpen || problemOf(form, 'recoveryCode') !== undefined}>
      <summary>{text.useRecovery}</summary>
      <Form form={form} layout="page">
        <CodeField
          kind="recovery"
          form={form}
          name="recoveryCode"
          label={text.recoveryCode}
          language={language}
          hint={text.recoveryHint}
        />
        <ButtonRow>
          <Button kind="secondary">{text.confirm}</Button>
        </ButtonRow>
      </Form>
    </details>
  )
}

/** What was sent may have removed the page that it was sent from; the login leads whoever is logged in to where the site begins. */
function Over({ data, words: text }: Shown) {
  const isSent = data.state === 'sent'
  return (
    <>
      <PageHeading heading={text.title} lead={isSent ? text.sent : text.over} />
      <Back href={isSent ? paths.signIn : backOf(data)}>{isSent ? text.menu : text.back}</Back>
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
