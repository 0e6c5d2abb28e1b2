import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language } from '#platform/words.ts'

interface Facts {
  /** Its name in the language of the mail. */
  operator: string
  url: string
  expiresAt: Date
  timeZone: string
  signInUrl: string
  helpUrl: string
}

interface Said extends Omit<Facts, 'operator' | 'expiresAt' | 'timeZone'> {
  until: string
}

const words = {
  text: {
    ja: ({ url, until, signInUrl, helpUrl }: Said) => `《${mailLabels.openingNotice.ja}》

このメールは、ビジネスポータルのユーザー登録を受け付けた方に、自動で送信しています。
ユーザー登録が完了しました。初めてご利用になる前に、次のURLからパスワードを登録してください。

■${mailLabels.passwordUrl.ja}
${url}
${mailLabels.validUntil.ja}${until}

このURLから登録できるのは1回だけです。ほかの人に伝えないでください。
有効期限を過ぎたときは、ログイン画面の「${mailLabels.resetPassword.ja}」から、新しいURLをご自身で発行できます。

■${mailLabels.signInPage.ja}
${signInUrl}

■パスワードの設定手順
${helpUrl}

ご不明な点は、サービスをお申し込みになった窓口へお問い合わせください。
お心当たりがない場合は、このメールを削除してください。

${mailLabels.sendOnly.ja}
`,
    en: ({ url, until, signInUrl, helpUrl }: Said) => `${mailLabels.openingNotice.en}

This mail is sent automatically to everybody who has been registered as a user of the Business Portal.
Your registration is complete. Before you use the portal for the first time, set a password at this URL.

${mailLabels.passwordUrl.en}
${url}
${mailLabels.validUntil.en}${until}

The URL works once. Give it to nobody.
After that time you can get a new one by yourself: choose “${mailLabels.resetPassword.en}” on the login page.

${mailLabels.signInPage.en}
${signInUrl}

How to set your password
${helpUrl}

If you have a question, ask where the service was ordered.
If you know nothing of this, delete this mail.

${mailLabels.sendOnly.en}
`,
  },
}

/** 《開通案内》: the URL by which a new user sets a password (rows 1 to 6 of the guide). */
export function openingNoticeEmail(language: Language, { operator, expiresAt, timeZone, ...links }: Facts): Email {
  const subject = mailLabels.registrationSubject[language](operator)
  return {
    subject,
    text: inLanguage(words, language).text({ ...links, until: momentInMail(expiresAt, timeZone, language) }),
  }
}
