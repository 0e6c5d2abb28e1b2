import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language } from '#platform/words.ts'

interface Said {
  url: string
  until: string
  helpUrl: string
}

const words = {
  subject: {
    ja: 'ビジネスポータル パスワード再設定のご案内',
    en: 'Business Portal: set a new password',
  },
  text: {
    ja: ({
      url,
      until,
      helpUrl,
    }: Said) => `ログイン画面の「${mailLabels.resetPassword.ja}」から、パスワード再設定のお申し込みを受け付けました。
次のURLから、新しいパスワードを登録してください。

■${mailLabels.passwordUrl.ja}
${url}
${mailLabels.validUntil.ja}${until}

登録すると、ログイン中のブラウザはすべてログアウトされます。第2段階認証の設定は変わりません。
このURLから登録できるのは1回だけです。ほかの人に伝えないでください。

■パスワードの設定手順
${helpUrl}

お心当たりがない場合は、このメールを削除してください。パスワードは変わりません。

${mailLabels.sendOnly.ja}
`,
    en: ({
      url,
      until,
      helpUrl,
    }: Said) => `Somebody chose “${mailLabels.resetPassword.en}” on the login page and gave your email address.
Set a new password at this URL.

${mailLabels.passwordUrl.en}
${url}
${mailLabels.validUntil.en}${until}

Then all browsers are logged out. Your second step stays as it is.
The URL works once. Give it to nobody.

How to set your password
${helpUrl}

If this was not you, delete this mail. Your password stays as it is.

${mailLabels.sendOnly.en}
`,
  },
}

/** The URL by which a user who has forgotten the password sets a new one. */
export function passwordUrlEmail(
  language: Language,
  { expiresAt, timeZone, ...links }: { url: string; helpUrl: string; expiresAt: Date; timeZone: string },
): Email {
  const { subject, text } = inLanguage(words, language)
  return { subject, text: text({ ...links, until: momentInMail(expiresAt, timeZone, language) }) }
}
