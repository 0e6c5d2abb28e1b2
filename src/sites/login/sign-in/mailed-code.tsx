import type { JSX } from 'preact'
import type { AwaitedSignIn } from '#features/sign-in/awaited.ts'
import type { FormView } from '#platform/form.ts'
import { formatTime } from '#platform/time/format.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { Form } from '#platform/ui/form/form.tsx'
import { untranslated } from '#platform/ui/text/untranslated.ts'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'

/** How far the mail with a code has come. */
export const deliveryWords = {
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

/** What is said of a code wherever one is asked for: at the login, and before what is critical. */
const words = {
  ...deliveryWords,
  sentBefore: { ja: 'ワンタイムパスワードのコードを ', en: 'A one-time code was sent to ' },
  sentAfter: {
    ja: ' に送信しました。メールを確認して、6桁のコードを入力してください。',
    en: '. Read the mail and enter its 6 digits.',
  },
  totp: {
    ja: '認証アプリに表示されている6桁のコードを入力してください。',
    en: 'Enter the 6 digits that your authenticator app shows.',
  },
  totpHint: { ja: 'コードは30秒ごとに変わります。', en: 'The code changes every 30 seconds.' },
  validUntil: { ja: (until: string) => `有効期限：${until}まで`, en: (until: string) => `Valid until ${until}` },
  resend: { ja: 'コードを再送信する', en: 'Send a new code' },
  resendLeft: {
    ja: (from: string, left: number) => `（${from}から、あと${left}回）`,
    en: (from: string, left: number) => `(from ${from}, ${left} left)`,
  },
}

interface CodeProps {
  signIn: AwaitedSignIn
  reader: Reader
}

/** Where the code went, or comes from. */
export function WhereCodeIs({ signIn: { secondFactor, user }, reader: { language } }: CodeProps): JSX.Element {
  const text = inLanguage(words, language)
  if (secondFactor === 'totp') return <>{text.totp}</>
  return (
    <>
      {text.sentBefore}
      <b {...untranslated}>{masked(user.mail)}</b>
      {text.sentAfter}
    </>
  )
}

/** Until when the code holds, and how far its mail has come: kept up to date by the script where `pollPath` answers it. */
export function CodeHint({
  signIn: { code, secondFactor, user },
  reader,
  pollPath,
}: CodeProps & { pollPath?: string }): JSX.Element | null {
  const text = inLanguage(words, reader.language)
  if (!code) return secondFactor === 'totp' ? <>{text.totpHint}</> : null
  return (
    <>
      {text.validUntil(formatTime(code.expiresAt, 'clock', { ...reader, zone: user.timeZone }))}
      <span role="status" data-poll-url={pollPath}>
        {text[code.delivery]}
      </span>
    </>
  )
}

/** Sends a new code while there is one left; `confirmation` for what. */
export function ResendCode({
  signIn: { code, user },
  reader,
  form,
  confirmation,
}: CodeProps & { form: Pick<FormView, 'action' | 'token'>; confirmation?: string }): JSX.Element | null {
  if (!code || code.resendsLeft <= 0) return null
  const text = inLanguage(words, reader.language)
  const from = formatTime(code.mayResendAt, 'clock', { ...reader, zone: user.timeZone })
  return (
    <li>
      <Form form={form} layout="plain">
        {confirmation && <input type="hidden" name="confirmation" value={confirmation} />}
        <Button kind="quiet" small>
          {text.resend}
        </Button>{' '}
        <span class="small-text">{text.resendLeft(from, code.resendsLeft)}</span>
      </Form>
    </li>
  )
}

/** 「ya•••••@example.co.jp」: enough to know one's own address, not enough to learn another's. */
function masked(mail: string): string {
  const at = mail.lastIndexOf('@')
  return `${mail.slice(0, Math.min(2, at))}•••••${mail.slice(at)}`
}
