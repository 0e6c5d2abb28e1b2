import { signInLabels } from '#sites/frame/guide-labels.ts'
import { type AwaitedSignIn, findAwaitedSignIn } from '#features/sign-in/awaited.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { CodeField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { formatTime } from '#platform/time/format.ts'
import type { View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { endSecondStep, loadAwaited } from './after-second-step.ts'
import { codeField } from './code-field.ts'
import { codeProblems } from './problem-words.ts'
import { untranslated } from '#platform/ui/text/untranslated.ts'

const words = {
  ...codeProblems,
  title: { ja: '第二認証（2/2）ログイン', en: 'Second step (2/2): log in' },
  step: { ja: 'ログイン（2/2）', en: 'Log in (2/2)' },
  heading: signInLabels.secondStep,
  sentBefore: { ja: 'ワンタイムパスワードのコードを ', en: 'A one-time code was sent to ' },
  sentAfter: {
    ja: ' に送信しました。メールを確認して、6桁のコードを入力してください。',
    en: '. Read the mail and enter its 6 digits.',
  },
  notSent: {
    ja: 'このユーザIDへのコードの送信が1時間の上限に達したため、送信していません。1時間以上おいて、第一認証からやり直すか、リカバリーコードをお使いください。',
    en: 'No code was sent, because too many were sent to this user ID within an hour. Begin again in an hour, or use a recovery code.',
  },
  totp: {
    ja: '認証アプリに表示されている6桁のコードを入力してください。',
    en: 'Enter the 6 digits that your authenticator app shows.',
  },
  code: codeField.label,
  validUntil: { ja: (until: string) => `有効期限：${until}まで`, en: (until: string) => `Valid until ${until}` },
  totpHint: { ja: 'コードは30秒ごとに変わります。', en: 'The code changes every 30 seconds.' },
  signIn: { ja: 'ログインする', en: 'Log in' },
  resend: { ja: 'コードを再送信する', en: 'Send a new code' },
  resendLeft: {
    ja: (from: string, left: number) => `（${from}から、あと${left}回）`,
    en: (from: string, left: number) => `(from ${from}, ${left} left)`,
  },
  noMail: { ja: 'メールが届かないとき', en: 'If no mail arrives' },
  noMailText: {
    ja: '迷惑メールのフォルダをご確認ください。届かない場合は、御社のポータル管理者にご連絡ください。',
    en: 'Look into the folder for unwanted mail. If it is not there, ask your portal administrator.',
  },
  newDevice: { ja: '端末を変えた場合や、コードを受け取れない場合：', en: 'New phone, or no way to get a code? ' },
  recovery: { ja: 'リカバリーコードを使う', en: 'Use a recovery code' },
  back: { ja: '第一認証に戻る', en: 'Back to the first step' },
  queued: { ja: '', en: '' },
  sent: { ja: '', en: '' },
  late: {
    ja: 'メールの送信が遅れています。届くまで、このままお待ちください。',
    en: 'Mails are late just now. Please wait here until yours arrives.',
  },
  refused: {
    ja: 'メールを送信できませんでした。御社のポータル管理者にご連絡ください。',
    en: 'The mail could not be sent. Ask your portal administrator.',
  },
}

/** 第二認証: the code, from a mail or from an authenticator. */
export const secondStepPage = portal.page({
  path: paths.secondStep,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  load: loadAwaited,
  form: { code: codeField },
  submit: (ctx, { data, input, asked, words: text }) =>
    endSecondStep(ctx, { signIn: data, code: input.code, kind: 'own-factor' }, { asked, field: 'code', words: text }),
  title: ({ words: text }) => text.title,
  view: (view) => {
    const { data, form, words: text, reader, tokenFor } = view
    const { language } = reader
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Panel roomy>
          <PageHeading
            above={text.step}
            heading={text.heading}
            lead={data.secondFactor === 'totp' ? text.totp : data.code ? <SentTo {...view} /> : text.notSent}
            tall
          />
          <Form form={form}>
            <CodeField
              form={form}
              name="code"
              label={text.code}
              language={language}
              autoFocus={form.problems.length === 0}
              hint={<CodeHint {...view} />}
            />
            <Button wide>{text.signIn}</Button>
          </Form>
          <ul class="side-notes">
            {data.code && data.code.resendsLeft > 0 && (
              <li>
                <Form form={{ action: paths.resendCode, token: tokenFor(paths.resendCode) }} layout="plain">
                  <Button kind="quiet" small>
                    {text.resend}
                  </Button>{' '}
                  <span class="small-text">
                    {text.resendLeft(
                      formatTime(data.code.mayResendAt, 'clock', { ...reader, zone: data.user.timeZone }),
                      data.code.resendsLeft,
                    )}
                  </span>
                </Form>
              </li>
            )}
            {data.code && (
              <li>
                <details>
                  <summary>{text.noMail}</summary>
                  <p>{text.noMailText}</p>
                </details>
              </li>
            )}
            <li>
              {text.newDevice}
              <a href={paths.recoveryCode}>{text.recovery}</a>
            </li>
            <li>
              <a href={paths.signIn}>{text.back}</a>
            </li>
          </ul>
        </Panel>
      </>
    )
  },
})

/** Tells the script how far the mail with the code has come. */
export const deliveryAnswer = portal.answer({
  path: paths.delivery,
  allow: 'anybody',
  words,
  async load(ctx, { cookies }, text) {
    const awaited = await findAwaitedSignIn(ctx, cookies['sign-in'] ?? '')
    return { text: awaited?.code ? text[awaited.code.delivery] : '' }
  },
})

type Shown = View<AwaitedSignIn, typeof words>

function SentTo({ data, words: text }: Shown) {
  return (
    <>
      {text.sentBefore}
      <b {...untranslated}>{masked(data.user.mail)}</b>
      {text.sentAfter}
    </>
  )
}

function CodeHint({ data, words: text, reader }: Shown) {
  if (!data.code) return data.secondFactor === 'totp' ? <>{text.totpHint}</> : null
  return (
    <>
      {text.validUntil(formatTime(data.code.expiresAt, 'clock', { ...reader, zone: data.user.timeZone }))}
      <span role="status" data-poll-url={paths.delivery}>
        {text[data.code.delivery]}
      </span>
    </>
  )
}

/** 「ya•••••@example.co.jp」: enough to know one's own address, not enough to learn another's. */
function masked(mail: string): string {
  const at = mail.lastIndexOf('@')
  return `${mail.slice(0, Math.min(2, at))}•••••${mail.slice(at)}`
}
