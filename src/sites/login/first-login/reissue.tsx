import { typedLoginId } from '#features/sign-in/login-id.ts'
import { signInLabels } from '#sites/frame/guide-labels.ts'
import { mostPerUser, mostPerUserADay, reissuedLasts, requestUrl } from '#features/first-login/request-url.ts'
import { hours } from '#platform/time/duration.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { loginRoom } from '../pages.ts'

const words = {
  title: { ja: 'パスワード再設定', en: 'Password reset' },
  lead: {
    ja: '登録されているメールアドレスを入力してください。パスワードを登録するためのURLをメールでお送りします。初回ログインのURLの有効期限が過ぎたときも、こちらから再発行できます。',
    en: 'Enter the email address you are registered with. A URL to set a password by is mailed to you. Use this too when the URL of your first login has expired.',
  },
  mail: signInLabels.mailAddress,
  send: { ja: 'URLを発行する', en: 'Get a URL' },
  back: { ja: '第一認証に戻る', en: 'Back to the first step' },
  taken: { ja: 'お申し込みを受け付けました', en: 'We have received your request' },
  takenText: {
    ja: `入力したメールアドレスが登録されている場合は、URLをメールでお送りします。URLの有効期限は${reissuedLasts / hours}時間です。以前のURLは使用できなくなります。`,
    en: `If the address is registered, a URL is mailed to it. It is valid for ${reissuedLasts / hours} hours. Older ones no longer work.`,
  },
  noMail: { ja: 'メールが届かないとき', en: 'If no mail arrives' },
  noMailText: {
    ja: `迷惑メールのフォルダと、メールアドレスをご確認ください。1つのメールアドレスにお送りするのは、1時間に${mostPerUser}通、24時間に${mostPerUserADay}通までです。ご利用を停止されている場合は、お送りしません。届かない場合は、御社のポータル管理者、またはサービスをお申し込みになった窓口へお問い合わせください。`,
    en: `Look into the folder for unwanted mail, and check the address. At most ${mostPerUser} mails an hour, and ${mostPerUserADay} within 24 hours, are sent to one address, and none to a suspended user. If none arrives, ask your portal administrator, or where the service was ordered.`,
  },
  again: { ja: '別のメールアドレスを入力する', en: 'Enter another address' },
}

/** パスワード再設定: whatever is typed, the answer is the same. */
export const reissuePage = loginRoom.page({
  path: paths.reissue,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  load: async () => ({}),
  form: { mail: { label: words.mail, value: typedLoginId } },
  async submit(ctx, { input }) {
    await requestUrl(ctx, input.mail)
    return redirect(paths.reissueTaken)
  },
  title: ({ words: text }) => text.title,
  view: ({ form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Panel roomy>
        <PageHeading heading={text.title} lead={text.lead} tall />
        <Form form={form}>
          <TextField
            form={form}
            name="mail"
            label={text.mail}
            language={language}
            type="email"
            autoComplete="username"
            autoFocus={form.problems.length === 0}
          />
          <Button wide>{text.send}</Button>
        </Form>
        <ul class="side-notes">
          <li>
            <a href={paths.signIn}>{text.back}</a>
          </li>
        </ul>
      </Panel>
    </>
  ),
})

export const reissueTakenPage = loginRoom.page({
  path: paths.reissueTaken,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  load: async () => ({}),
  title: ({ words: text }) => text.taken,
  view: ({ words: text }) => (
    <Panel roomy>
      <PageHeading above={text.title} heading={text.taken} lead={text.takenText} tall />
      <ul class="side-notes">
        <li>
          <details>
            <summary>{text.noMail}</summary>
            <p>{text.noMailText}</p>
          </details>
        </li>
        <li>
          <a href={paths.reissue}>{text.again}</a>
        </li>
        <li>
          <a href={paths.signIn}>{text.back}</a>
        </li>
      </ul>
    </Panel>
  ),
})
