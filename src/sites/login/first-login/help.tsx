import { signInLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { mostIdentityTries } from '#features/first-login/find.ts'
import { reissuedLasts } from '#features/first-login/request-url.ts'
import { mailLabels } from '#features/mails/labels.ts'
import { howManyCodes } from '#features/recovery-codes/make.ts'
import { longestPassword, shortestPassword } from '#features/users/password-rules.ts'
import { hours } from '#platform/time/duration.ts'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { paths } from '../paths.ts'
import { loginRoom } from '../pages.ts'

const words = {
  title: { ja: 'パスワードの設定手順', en: 'How to set your password' },
  lead: {
    ja: `初めてログインするときと、パスワードを再設定するときの手順です。`,
    en: 'For your first login, and for when you have forgotten your password.',
  },
  begin: { ja: 'メールのURLを開く', en: 'Open the URL in the mail' },
  beginText: {
    ja: `届いたメールの「${mailLabels.passwordUrl.ja}」を、有効期限までに開きます。登録が終わるまで、同じURLから続けられます。`,
    en: `Open the “${mailLabels.passwordUrl.en}” in the mail before it expires. Until you have finished, the same URL takes you back.`,
  },
  identity: signInLabels.identityCheck,
  identityText: {
    ja: `${signInLabels.mailAddress.ja}、${signInLabels.fullName.ja}、${signInLabels.contactPhone.ja}を、登録された内容のとおりに入力します。空白やハイフンの有無、全角・半角の違いは問いません。${mostIdentityTries}回間違えると、URLは使用できなくなります。`,
    en: `Enter your email address, full name and contact phone number as they were registered. Spaces, hyphens and capitals make no difference. After ${mostIdentityTries} failed tries the URL stops working.`,
  },
  password: signInLabels.passwordSetup,
  passwordText: {
    ja: `${shortestPassword}文字以上${longestPassword}文字以下の第1パスワードを決めます。文字の種類は問いません。よく使われるパスワードや、メールアドレス・氏名に近いものは登録できません。`,
    en: `Choose a first password of ${shortestPassword} to ${longestPassword} characters of any kind. Commonly used ones, and those close to your email address or name, are refused.`,
  },
  totp: { ja: `${signInLabels.totpSetup.ja}（TOTPの場合）`, en: `${signInLabels.totpSetup.en} (with TOTP)` },
  totpText: {
    ja: `認証アプリでQRコードを読み取り、表示された6桁のコードを入力します。${userLabels.mailOtp.ja}の場合、この手順はありません。${userLabels.secondFactor.ja}が決まっていない場合は、ここで選びます。パスワードの再設定では、この手順はありません。`,
    en: `Scan the QR code with an authenticator app and enter the 6 digits it shows. With ${userLabels.mailOtp.en} there is no such step; if your method is not decided yet, you choose it here. A password reset leaves it as it is.`,
  },
  codes: { ja: 'リカバリーコードを保管する', en: 'Keep the recovery codes' },
  codesText: {
    ja: `初めての登録が終わると、${howManyCodes}個のリカバリーコードが一度だけ表示されます。スマートフォンを紛失したときなどに使いますので、安全な場所に保管してください。`,
    en: `After your first registration ${howManyCodes} recovery codes are shown once. You need them when you lose your phone, so keep them in a safe place.`,
  },
  signIn: { ja: 'ログインする', en: 'Log in' },
  signInText: {
    ja: `初めての登録に続けて、そのままログインできます。${userLabels.mailOtp.ja}の場合は、メールで届く6桁のコードを入力します。次回からは${mailLabels.signInPage.ja}で、ユーザID（メールアドレス）と第1パスワードを入力し、続けて6桁のコードを入力します。`,
    en: `Your first registration leads on into the portal; with ${userLabels.mailOtp.en} you enter the 6 digits that are mailed to you. From then on, enter your user ID (email address) and first password on the ${mailLabels.signInPage.en}, then the 6 digits.`,
  },
  expired: { ja: '有効期限が過ぎたとき、メールが見つからないとき', en: 'If the URL has expired, or the mail is lost' },
  expiredText: {
    ja: `ログイン画面の「${signInLabels.resetPassword.ja}」から、新しいURLを発行できます。新しいURLの有効期限は${reissuedLasts / hours}時間で、以前のURLは使用できなくなります。`,
    en: `Choose “${signInLabels.resetPassword.en}” on the login page to get a new one. It is valid for ${reissuedLasts / hours} hours, and older ones no longer work.`,
  },
  ask: { ja: 'お困りのとき', en: 'If you need help' },
  askText: {
    ja: '登録内容がわからない場合や、メールが届かない場合は、御社のポータル管理者、またはサービスをお申し込みになった窓口へお問い合わせください。',
    en: 'If you do not know what was registered, or no mail arrives, ask your portal administrator, or where the service was ordered.',
  },
  reissue: signInLabels.resetPassword,
  toSignIn: mailLabels.signInPage,
}

/** The public page that mails lead to: 設定手順 */
export const firstLoginHelpPage = loginRoom.page({
  path: paths.firstLoginHelp,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  section: 'first-login',
  load: async () => ({}),
  title: ({ words: text }) => text.title,
  view: ({ words: text }) => (
    <Panel roomy>
      <PageHeading heading={text.title} lead={text.lead} tall />
      <ol class="instructions">
        {(['begin', 'identity', 'password', 'totp', 'codes', 'signIn'] as const).map((step) => (
          <li key={step}>
            <div>
              <h2>{text[step]}</h2>
              <p>{text[`${step}Text`]}</p>
            </div>
          </li>
        ))}
      </ol>
      {(['expired', 'ask'] as const).map((topic) => (
        <div key={topic}>
          <h2 class="panel-heading">{text[topic]}</h2>
          <p>{text[`${topic}Text`]}</p>
        </div>
      ))}
      <ul class="side-notes">
        <li>
          <a href={paths.signIn}>{text.toSignIn}</a>
        </li>
        <li>
          <a href={paths.reissue}>{text.reissue}</a>
        </li>
      </ul>
    </Panel>
  ),
})
