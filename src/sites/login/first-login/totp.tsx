import type { FirstLogin } from '#features/first-login/find.ts'
import { confirmTotp, mostSetUpTries, readTotpKey, type TotpKey } from '#features/first-login/set-up-totp.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { CodeField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { QrCode } from '#platform/ui/text/qr-code.tsx'
import { problemAt, type Redirect, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { loginRoom } from '../pages.ts'
import { codeField } from '../sign-in/code-field.ts'
import { clockOff } from '../sign-in/problem-words.ts'
import { loadStep, startAgain, StepHeading, stepTitle } from './steps.tsx'
import { untranslated } from '#platform/ui/text/untranslated.ts'

const words = {
  lead: {
    ja: 'ログインのたびに、認証アプリに表示される6桁のコードを入力します。一度だけ、次の手順で設定してください。',
    en: 'At every login you enter 6 digits that an authenticator app shows. Set it up once, in these steps.',
  },
  prepare: { ja: '認証アプリを用意する', en: 'Get an authenticator app' },
  prepareText: {
    ja: 'スマートフォンの認証アプリ（TOTP対応）をお使いください。パスワード管理アプリでも設定できます。',
    en: 'Use an authenticator app (TOTP) on your phone. Many password managers can do it as well.',
  },
  scan: { ja: 'QRコードを読み取る', en: 'Scan the QR code' },
  qr: {
    ja: '認証アプリで読み取るQRコード。読み取れない場合は、隣のセットアップキーを入力してください。',
    en: 'QR code for your authenticator app. If you cannot scan it, enter the set-up key beside it.',
  },
  key: {
    ja: '読み取れない場合は、セットアップキーを認証アプリに入力してください。',
    en: 'If you cannot scan it, enter this set-up key in the app.',
  },
  copy: { ja: 'コピーする', en: 'Copy' },
  copied: { ja: 'セットアップキーをコピーしました', en: 'The set-up key was copied' },
  open: { ja: 'このスマートフォンの認証アプリで開く', en: 'Open in the authenticator app of this phone' },
  enter: { ja: '認証アプリに表示された6桁のコードを入力する', en: 'Enter the 6 digits that the app shows' },
  codeHint: {
    ja: 'コードは30秒ごとに変わります。合わないときは、スマートフォンの時刻が自動設定になっているかご確認ください。',
    en: 'The code changes every 30 seconds. If it does not fit, check that the clock of your phone is set automatically.',
  },
  back: { ja: '前へ戻る', en: 'Back' },
  finish: { ja: '設定を完了する', en: 'Finish' },
  'wrong-code': {
    ja: 'コードが正しくありません。認証アプリに表示されている最新のコードを入力してください。',
    en: 'The code is not right. Enter the newest one that the app shows.',
  },
  'clock-off': clockOff,
  'too-many-codes': {
    ja: `コードを${mostSetUpTries}回まちがえたため、このURLは使用できなくなりました。新しいURLを発行して、はじめから設定してください。`,
    en: `${mostSetUpTries} codes were wrong, so this URL can no longer be used. Get a new one and begin again.`,
  },
}

interface Data extends FirstLogin {
  key: TotpKey
}

/** ③TOTP設定 */
export const totpPage = loginRoom.page({
  path: paths.firstLoginTotp,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  section: 'first-login',
  async load(ctx, asked): Promise<Data | Redirect> {
    const firstLogin = await loadStep(ctx, asked, 'totp')
    return 'kind' in firstLogin ? firstLogin : { ...firstLogin, key: await readTotpKey(ctx, firstLogin) }
  },
  form: { code: codeField },
  async submit(ctx, { data, input, words: text }) {
    const confirmed = await confirmTotp(ctx, data, input.code)
    if (confirmed.ok) return redirect(paths.firstLoginCodes)
    if (confirmed.problem === 'wrong-code' || confirmed.problem === 'clock-off')
      return problemAt('code', text[confirmed.problem], confirmed)
    return confirmed.problem === 'void' ? startAgain : { ...startAgain, notice: text['too-many-codes'] }
  },
  title: ({ data, reader: { language } }) => stepTitle({ firstLogin: data, step: 'totp', language }),
  view: ({ data, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Panel roomy>
        <StepHeading firstLogin={data} step="totp" language={language} />
        <p>{text.lead}</p>
        <Form form={form}>
          <ol class="instructions">
            <li>
              <div>
                <h2>{text.prepare}</h2>
                <p class="small-text">{text.prepareText}</p>
              </div>
            </li>
            <li>
              <div>
                <h2>{text.scan}</h2>
                <div class="qr-code-row">
                  <QrCode text={data.key.uri} label={text.qr} />
                  <SetUpKey secret={data.key.secret} uri={data.key.uri} words={text} />
                </div>
              </div>
            </li>
            <li>
              <div>
                <CodeField form={form} name="code" label={text.enter} language={language} hint={text.codeHint} />
              </div>
            </li>
          </ol>
          <ButtonRow place="apart">
            <ButtonLink kind="secondary" href={data.choosesFactor ? paths.firstLoginFactor : paths.firstLoginPassword}>
              {text.back}
            </ButtonLink>
            <Button>{text.finish}</Button>
          </ButtonRow>
        </Form>
      </Panel>
    </>
  ),
})

function SetUpKey({
  secret,
  uri,
  words: text,
}: TotpKey & { words: Record<'key' | 'copy' | 'copied' | 'open', string> }) {
  const groups = secret.match(/.{1,4}/g) ?? []
  const half = Math.ceil(groups.length / 2)
  return (
    <div>
      <p class="small-text">{text.key}</p>
      <div class="setup-key" {...untranslated}>
        <code>
          {groups.slice(0, half).join(' ')}
          <br />
          {groups.slice(half).join(' ')}
        </code>
        <button
          class="button button-secondary button-small"
          type="button"
          hidden
          data-copy={secret}
          data-copied={text.copied}
        >
          <Icon name="copy" />
          {text.copy}
        </button>
      </div>
      <p class="small-text">
        <a href={uri}>{text.open}</a>
      </p>
    </div>
  )
}
